//! The tutorials are true: their files are written and their commands are run, page by page.

use std::path::Path;

use tempfile::TempDir;

use crate::world::{program, text};

/// A fenced block of a page: what stands behind the fence, and its lines.
struct Block<'p> {
    head: &'p str,
    body: &'p str,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once("\n```") {
        let (head, after) = after.split_once('\n').unwrap();
        let (body, after) = after.split_once("```").unwrap();
        found.push(Block { head, body });
        rest = after;
    }
    found
}

/// Walks a page in an empty folder: ```` ```relance <file> ```` is the whole content of that file from then on, and
/// ```` ```console ```` a command with all that it says.
fn walk(name: &str) {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
    let page = std::fs::read_to_string(page).unwrap();
    let folder = TempDir::new().unwrap();
    let mut commands = 0;
    for block in blocks(&page) {
        if let Some(file) = block.head.strip_prefix("relance ") {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, block.body).unwrap();
        } else {
            assert_eq!(block.head, "console", "{name}: a block that nothing checks");
            let (command, said) = block.body.split_once('\n').unwrap();
            let arguments = command.strip_prefix("$ relance ").unwrap();
            let arguments: Vec<&str> = arguments.split_whitespace().collect();
            let output = program(&arguments).current_dir(folder.path()).output().unwrap();
            assert_eq!(text(&output.stderr), "", "{name}: {command}");
            assert_eq!(text(&output.stdout), said, "{name}: {command}");
            commands += 1;
        }
    }
    assert!(commands >= 8, "{name}: {commands} commands");
}

#[test]
fn the_english_tutorial_does_what_it_says() {
    walk("tutorial.md");
}

#[test]
fn the_french_tutorial_does_what_it_says() {
    walk("tutoriel.md");
}
