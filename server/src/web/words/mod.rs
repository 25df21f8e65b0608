//! The words of the pages, French and English side by side: the one place for wording.

mod dates;
mod events;
mod notices;
mod states;

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use chrono::NaiveDate;
use relance_engine::review::preview::Day as PreviewDay;
use relance_engine::store::stops::Scope;
use relance_rules::dsl::lang::Text;
use relance_rules::words::Language;

/// Categories of disputes that the pages offer, as stored.
pub const CATEGORIES: [&str; 7] = [
    "price", "quantity", "quality", "delivery", "order", "paid", "other",
];

/// Roles that tasks are assigned to, as in the rules.
pub const TASK_ROLES: [&str; 5] = ["collector", "credit_manager", "account_manager", "sales", "cfo"];

macro_rules! words {
    ($($name:ident: $fr:literal, $en:literal;)*) => {
        /// The words of one language.
        #[derive(Debug)]
        #[allow(missing_docs, reason = "each field is the text that it holds")]
        pub struct Words {
            pub language: Language,
            $(pub $name: &'static str,)*
        }

        static FR: Words = Words { language: Language::Fr, $($name: $fr,)* };
        static EN: Words = Words { language: Language::En, $($name: $en,)* };
    };
}

words! {
    code: "fr", "en";
    other_code: "en", "fr";
    other_language: "English", "Français";

    // Frame
    skip: "Aller au contenu", "Skip to the content";
    navigation: "Rubriques", "Sections";
    sign_in: "Se connecter", "Sign in";
    sign_out: "Se déconnecter", "Sign out";
    login: "Identifiant", "Login";
    password: "Mot de passe", "Password";
    wrong_password: "L’identifiant ou le mot de passe ne convient pas.", "The login or the password is not right.";
    pages: "Pages", "Pages";
    previous: "Précédents", "Previous";
    next: "Suivants", "Next";
    search: "Chercher", "Search";
    filter: "Filtrer", "Filter";
    state: "État", "State";
    day: "Jour", "Day";
    by: "Par", "By";
    since: "Depuis", "Since";
    until: "pour le", "by";
    until_when: "Jusqu’au", "Until";
    note: "Note", "Note";
    why: "Pourquoi", "Why";
    colon: " :", ":";
    kind_word: "Nature", "Kind";
    role_word: "Rôle", "Role";
    name: "Nom", "Name";

    // Problems
    not_found: "Introuvable", "Not found";
    not_found_help: "Il n’y a rien à cette adresse, ou cela n’existe plus.", "There is nothing at this address, or it is gone.";
    forbidden: "Ce n’est pas permis", "Not allowed";
    forbidden_help: "Votre rôle ne le permet pas. Il faut être :", "Your role does not allow it. It takes:";
    form_expired: "Cette page est trop ancienne", "This page is too old";
    form_expired_help: "Rien n’a été changé. Revenez en arrière, rechargez la page et recommencez.",
        "Nothing was changed. Go back, reload the page and try again.";
    form_unreadable: "Le formulaire n’est pas complet", "The form is not complete";
    refused: "Cela n’a pas été fait", "It was not done";
    busy: "La base de données ne répond pas", "The database does not answer";
    busy_help: "Rien n’a été changé. Réessayez dans un instant.", "Nothing was changed. Try again in a moment.";
    broken: "Une erreur s’est produite", "Something went wrong";
    broken_help: "Le journal du serveur dit laquelle. Rien n’a été changé à moitié.",
        "The server’s log says what. Nothing was changed by halves.";
    to_first_page: "Vers l’accueil", "To the first page";
    no_company: "Aucune société", "No company";
    no_company_help: "Ajoutez une société par la ligne de commande :", "Add a company on the command line:";

    // Dashboard
    dashboard: "Tableau de bord", "Dashboard";
    outstanding: "Encours", "Outstanding";
    overdue: "Échu", "Overdue";
    priority: "Priorité", "Priority";
    invoices: "factures", "invoices";
    to_do: "À faire", "To do";
    due_today: "pour aujourd’hui", "due today";
    sent_today: "Envoyés aujourd’hui", "Sent today";
    in_30_days: "en 30 jours", "in 30 days";
    disputes: "Litiges", "Disputes";
    promises_open: "promesses en cours", "open promises";
    ageing: "Balance âgée", "Ageing";
    currency: "Devise", "Currency";
    converted: "Total converti", "Converted total";
    without_rate: "Sans cours connu, hors du total :", "Without a known rate, not in the total:";
    without_rate_short: "sans une devise dont le cours n’est pas connu", "without a currency whose rate is not known";
    top_overdue: "Premiers échus", "Most overdue";
    oldest: "Plus ancienne", "Oldest";
    nothing_overdue: "Rien n’est échu.", "Nothing is overdue.";
    next_days: "Les sept prochains jours", "The next seven days";
    planned_help: "Prévu par les dernières revues ; paiements, litiges et promesses y changeront.",
        "As planned by the last reviews; payments, disputes and promises will change it.";
    last_messages: "Derniers messages", "Last messages";
    nothing_sent: "Rien n’est encore parti.", "Nothing has been sent yet.";
    sent_at: "Envoyé", "Sent";
    messages_in_doubt: "message(s) dont on ne sait pas s’ils sont partis : à trancher",
        "message(s) of which nobody knows whether they left: to be settled";
    accounts_in_trouble: "compte(s) que la dernière revue n’a pas pu décider",
        "account(s) that the last review could not decide";

    // Customers
    customers: "Clients", "Customers";
    customer: "Client", "Customer";
    search_customers: "Nom, numéro, facture", "Name, number, invoice";
    all_segments: "Tous les segments", "All segments";
    overdue_only: "échus seulement", "overdue only";
    number_word: "Numéro", "Number";
    segment: "Segment", "Segment";
    score: "Score", "Score";
    next_step: "Prochaine action", "Next step";
    last_message: "Dernier message", "Last message";
    trouble: "à voir", "look here";
    no_customer_found: "Aucun client ne correspond.", "No customer matches.";
    sort_by_this: "Trier", "Sort";

    // One customer
    review_failed: "La dernière revue n’a pas pu décider :", "The last review could not decide:";
    no_scenario: "aucun scénario", "no scenario";
    scenario: "Scénario", "Scenario";
    by_hand: "choisi à la main", "set by hand";
    next_review: "Prochaine revue", "Next review";
    on_event: "au prochain événement", "at the next event";
    invoices_title: "Factures", "Invoices";
    invoice: "Facture", "Invoice";
    credit_note: "avoir", "credit note";
    issued: "Émise", "Issued";
    due: "Échéance", "Due";
    amount: "Montant", "Amount";
    open: "Ouvert", "Open";
    done_so_far: "Fait", "Done";
    what_next: "Ensuite", "Next";
    on_day: "le", "on";
    days_short: "j", "d";
    settled_on: "soldée le", "settled on";
    disputed: "litige", "disputed";
    promised_for: "promise pour le", "promised by";
    not_reviewed: "pas encore vu par une revue", "not reviewed yet";
    no_invoice: "Aucune facture.", "No invoice.";
    contacts: "Contacts", "Contacts";
    contact: "Contact", "Contact";
    no_contact: "Aucun contact.", "No contact.";
    main_contact: "principal", "main";
    bounced: "adresse refusée", "address refused";
    opted_out: "ne veut pas de messages", "wants no messages";
    payments: "Paiements", "Payments";
    no_payment: "Aucun paiement.", "No payment.";
    for_invoices: "Pour", "For";
    unallocated: "non lettré", "unallocated";
    against: "Litiges, promesses, suspensions", "Disputes, promises, holds";
    dispute: "Litige", "Dispute";
    promise: "Promesse", "Promise";
    hold: "Suspension", "Hold";
    whole_account: "tout le compte", "the whole account";
    timeline: "Historique", "Timeline";
    nothing_happened: "Rien ne s’est encore passé.", "Nothing has happened yet.";
    earlier: "Plus ancien", "Earlier";
    see_message: "voir le message", "see the message";
    take_promise: "Noter une promesse", "Note a promise";
    pay_by: "Paiement au plus tard le", "To be paid by";
    empty_for_all: "(vide : tout ce qui est ouvert)", "(empty: all that is open)";
    open_dispute: "Ouvrir un litige", "Open a dispute";
    category_word: "Motif", "Category";
    dispute_accept: "Client a raison", "Customer is right";
    dispute_reject: "Rejeter", "Reject";
    withdraw: "Retirer", "Withdraw";
    plan: "Échéancier", "Payment plan";
    make_plan: "Convenir d’un échéancier", "Agree a payment plan";
    cancel_plan: "Annuler l’échéancier", "Cancel the plan";
    all_overdue: "tout ce qui est échu", "all that is overdue";
    instalments: "Nombre d’échéances, une par mois", "Number of instalments, one each month";
    first_instalment: "Première échéance", "First instalment";
    or_written: "Ou échéance par échéance", "Or instalment by instalment";
    or_written_help: "(une par ligne : 2027-01-15 400,00)", "(one a line: 2027-01-15 400.00)";
    paid_on: "payée le", "paid on";
    may_be_paid_until: "en retard, encore admise jusqu’au", "late, still accepted until";
    missed: "manquée", "missed";
    of_which_paid: "dont payé", "of which paid";
    answer_by: "réponse de", "to be answered by";
    answer_late: "réponse attendue depuis le", "answer was due on";
    set_hold: "Suspendre les relances", "Hold reminders";
    hold_manual: "à la main", "by hand";
    hold_insolvency: "procédure collective", "insolvency";
    hold_plan: "échéancier", "payment plan";
    hold_to: "Jusqu’au (exclu)", "Until (exclusive)";
    empty_for_ever: "(vide : jusqu’à nouvel ordre)", "(empty: until further notice)";
    end_hold: "Terminer", "End";
    add_note: "Ajouter une note", "Add a note";

    // Messages
    messages: "Messages", "Messages";
    message: "Message", "Message";
    no_message: "Aucun message.", "No message.";
    subject: "Objet", "Subject";
    level: "niveau", "level";
    recipient: "Destinataire", "Recipient";
    step: "Étape", "Step";
    thanks: "Remerciement", "Thanks";
    decided_at: "Décidé", "Decided";
    revision: "révision", "revision";
    attempts: "Essais", "Tries";
    last_error: "Dernière erreur", "Last error";
    attachments: "Pièces jointes", "Attachments";
    statement_pdf: "Relevé de compte (PDF)", "Statement of account (PDF)";
    opened: "Ouvert", "Opened";
    not_opened_yet: "pas encore, pour ce qu’on en sait", "not yet, as far as anybody can tell";
    not_before: "pas avant", "not before";
    waits_for: "attend son tour, débit limité pour", "waits for its turn, the rate is limited for";
    as_seen: "Tel que le client l’a vu", "As the customer saw it";
    plain_text: "En texte brut", "As plain text";
    doubt_help: "La connexion au serveur de messagerie s’est rompue avant sa réponse : personne ne sait si ce message est parti. Vérifiez, puis dites ce qu’il en est.",
        "The connection to the mail server broke before its answer: nobody knows whether this message left. Find out, then say what became of it.";

    // Sending
    since_when: "depuis le", "since";
    by_whom: "par", "by";
    sending: "Envois", "Sending";
    stopped_help: "Rien ne part ; les revues continuent.", "Nothing leaves; reviews go on.";
    runs_freely: "Les messages partent dès qu’ils sont dus.", "Messages leave as soon as they are due.";
    stop_sending: "Arrêter les envois", "Stop the sending";
    stop_help: "Dès la réponse, plus aucun message n’est pris pour l’envoi. Ceux que le programme est en train de remettre au serveur de messagerie peuvent encore partir. Ce qui attend part à la reprise, si rien ne s’y oppose alors ; ce qui attend encore quand sa plage d’envoi se ferme est annulé et décidé à nouveau.",
        "From the answer on, no message is taken for sending any more. Those that the program is handing over to the mail server at this moment may still leave. What waits leaves when the sending goes on, if nothing stands against it then; what still waits when its sending window closes is called off and decided anew.";
    stop_this: "Arrêter pour cette société", "Stop for this company";
    stop_everything: "Tout arrêter", "Stop everything";
    resume_this: "Reprendre pour cette société", "Go on for this company";
    resume_everything: "Reprendre partout", "Go on everywhere";
    of_all_companies: "toutes les sociétés", "all companies";
    of_this_company: "cette société", "this company";
    waiting_messages: "Messages en attente", "Waiting messages";
    past_stops: "Arrêts", "Stops";
    no_stop: "Les envois n’ont jamais été arrêtés.", "The sending was never stopped.";
    in_force_still: "en vigueur", "in force";
    why_needed: "Dites pourquoi : les autres le liront en haut de chaque page.", "Say why: the others read it at the top of each page.";

    larger_than_usual: "Bien plus que d’habitude : faut-il envoyer ?", "Far more than usual: shall it be sent?";
    decided_that_day: "Messages décidés ce jour-là", "Messages decided that day";
    usual_day: "Un jour chargé habituel", "A usual busy day";
    look_at_them: "Regarder les messages", "Look at the messages";
    let_run_leave: "Envoyer", "Let them leave";
    drop_run: "Tout retirer, puis reprendre", "Recall all, then go on";

    preview: "Aperçu des prochains envois", "Preview of the next runs";
    preview_help: "Ce que les prochaines revues décideraient, aux moments où elles auraient lieu, si rien ne se passait d’ici là. Rien n’est écrit ni envoyé. Un compte est suivi jusqu’à ce que quelque chose y soit fait.",
        "What the next reviews would decide, at the moments at which they would take place, if nothing happened before. Nothing is written or sent. An account is followed until something is done about it.";
    preview_more: "D’autres comptes sont concernés : prenez moins de jours, ou lancez relance preview, qui les regarde tous.",
        "More accounts are concerned: choose fewer days, or run relance preview, which looks at all of them.";
    look: "Regarder", "Look";
    when_word: "Quand", "When";
    accounts_looked_at: "Comptes examinés", "Accounts looked at";
    not_decided: "Sans décision possible", "Not to be decided";
    nothing_would_leave: "Rien ne serait fait.", "Nothing would be done.";

    choose: "Choisir", "Choose";
    recall: "Retirer", "Recall";
    recall_many: "Retirer les choisis", "Recall the chosen ones";
    recall_all: "Tout retirer", "Recall all";
    release: "Envoyer sans attendre", "Send without waiting";
    release_many: "Envoyer les choisis sans attendre", "Send the chosen ones without waiting";
    release_all: "Tout envoyer sans attendre", "Send all without waiting";
    recall_until: "Pas de relance avant le", "No reminder before";
    recall_help: "Un message retiré ne part pas. Ses factures sont suspendues jusqu’au jour donné ; ce jour-là, l’étape est décidée à nouveau, si elle vaut encore.",
        "A recalled message does not leave. Its invoices are on hold until the day given; on that day its step is decided anew, if it still holds.";
    may_be_empty: "(facultatif)", "(may be empty)";

    // Tasks
    close_many: "Pour les tâches choisies", "For the chosen tasks";
    close_all: "Pour toutes celles de la liste", "For all of the list";
    tasks: "Tâches", "Tasks";
    task: "Tâche", "Task";
    all_kinds: "Toutes", "All kinds";
    all_roles: "Tous les rôles", "All roles";
    no_task: "Rien à faire.", "Nothing to do.";
    script: "Que dire", "What to say";
    what_came_of_it: "Résultat", "Outcome";
    pay_by_help: "(si une promesse a été faite)", "(if a promise was made)";
    close_task: "Enregistrer", "Save";

    // Imports
    imports: "Imports", "Imports";
    import: "Import", "Import";
    no_import: "Rien n’a encore été importé. Par la ligne de commande :", "Nothing has been imported yet. On the command line:";
    source: "Source", "Source";
    lines: "Lignes", "Lines";
    own_fields: "Champs libres", "Own fields";
    notices: "À noter", "To be noted";
    refused_lines: "Lignes refusées", "Refused lines";
    nothing_refused: "Toutes les lignes sont entrées.", "All lines are in.";
    unfinished: "non terminé", "unfinished";
    file: "Fichier", "File";
    line: "Ligne", "Line";
    column: "Colonne", "Column";
    value: "Valeur", "Value";
    reason: "Raison", "Reason";
    new_lines: "nouv.", "new";
    changed_lines: "modif.", "changed";

    // Rules
    rules: "Règles", "Rules";
    no_rules: "Aucune règle n’est en vigueur : rien n’est relancé.", "No rules are in force: nothing is reminded.";
    no_way_out: "Les réglages n’ont pas d’adresse : une personne est chargée d’envoyer les messages par",
        "The settings have no address: a person is asked to send messages by";
    rules_rejected: "La dernière modification des règles est refusée", "The last change of the rules is refused";
    rules_rejected_help: "Les règles précédentes restent en vigueur. Corrigez les fichiers : la modification est reprise aussitôt.",
        "The rules before it stay in force. Mend the files: the change is taken up at once.";
    in_force: "En vigueur", "In force";
    watched_folder: "Dossier surveillé", "Watched folder";
    files: "Fichiers", "Files";
    no_file: "Aucun fichier.", "No file.";
    whom_they_serve: "Qui elles servent", "Whom they serve";
    no_segment: "aucun segment", "no segment";
    revisions: "Révisions", "Revisions";

    // Users and tokens
    users: "Utilisateurs", "Users";
    tokens: "Jetons de l’API", "API tokens";
    token_once: "Voici le jeton. Gardez-le : il ne sera plus montré.", "This is the token. Keep it: it is not shown again.";
    no_token: "Aucun jeton.", "No token.";
    add_user: "Ajouter un utilisateur", "Add a user";
    add_token: "Créer un jeton", "Make a token";
    password_help: "(10 caractères au moins)", "(at least 10 characters)";
    language_word: "Langue", "Language";
    may_sign_in: "peut se connecter", "may sign in";
    change: "Modifier", "Change";
    yourself: "(vous)", "(you)";
    not_yourself: "On ne change pas ses propres droits : demandez à un autre administrateur.",
        "Nobody changes their own rights: ask another administrator.";
    login_taken: "Cet identifiant est déjà pris.", "This login is taken.";
    token_taken: "Ce nom est déjà pris, même par un jeton révoqué.", "This name is taken, if only by a revoked token.";
    last_used: "Dernier usage", "Last used";
    never: "jamais", "never";
    revoked: "révoqué", "revoked";
    revoke: "Révoquer", "Revoke";
}

impl Words {
    /// French for `fr`, English for anything else.
    pub fn of(code: &str) -> &'static Self {
        if code == "fr" { &FR } else { &EN }
    }

    /// One text or the other.
    fn pick<'a>(&self, fr: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Fr => fr,
            Language::En => en,
        }
    }

    /// The size of a file, in thousands of bytes, rounded up.
    pub fn size(&self, bytes: i32) -> String {
        let thousands = (bytes + 999) / 1000;
        match self.language {
            Language::Fr => format!("{thousands}\u{A0}ko"),
            Language::En => format!("{thousands}\u{A0}KB"),
        }
    }

    /// So many invoices.
    pub fn invoice_count(&self, count: i64) -> String {
        let one = self.pick("facture", "invoice");
        let zero_is_one = self.language == Language::Fr && count == 0;
        if count == 1 || zero_is_one {
            format!("{count} {one}")
        } else {
            format!("{count} {}", self.invoices)
        }
    }

    /// What is stopped, as a headline.
    pub fn stopped(&self, scope: Scope) -> &'static str {
        match scope {
            Scope::Everything => self.pick("Tous les envois sont arrêtés", "All sending is stopped"),
            Scope::Company(_) => self.pick(
                "Les envois de cette société sont arrêtés",
                "The sending of this company is stopped",
            ),
        }
    }

    /// A day that is not one that can be previewed.
    pub fn too_far(&self, first: NaiveDate, last: NaiveDate) -> String {
        let (first, last) = (self.date(first), self.date(last));
        match self.language {
            Language::Fr => format!("Choisissez un jour du {first} au {last}."),
            Language::En => format!("Choose a day from {first} to {last}."),
        }
    }

    /// Messages of a day of a preview, and whether the breaker would ask.
    pub fn preview_day(&self, day: &PreviewDay) -> String {
        let (on, messages, usual) = (self.date(day.on), day.messages, day.standing.usual);
        let mut said = match self.language {
            Language::Fr => format!("Le {on} : {messages} messages, {usual} un jour chargé"),
            Language::En => format!("{on}: {messages} messages, {usual} on a busy day"),
        };
        if day.asks {
            said.push_str(self.pick(
                " ; c’est bien plus que d’habitude, les envois s’arrêteraient et la question serait posée",
                "; that is far more than usual, the sending would stop and somebody would be asked",
            ));
        }
        said
    }

    /// What was done to many messages or tasks; some were not there any more.
    pub fn done_to_many(&self, word: &str, count: u32, missed: u32) -> Option<String> {
        let (fr, en) = match word {
            "recalled" => ("Messages retirés", "Messages recalled"),
            "released" => (
                "Messages à envoyer sans attendre",
                "Messages to be sent without waiting",
            ),
            "tasks" => ("Tâches closes", "Tasks closed"),
            _ => return None,
        };
        let mut said = format!("{}{} {count}", self.pick(fr, en), self.colon);
        if missed > 0 {
            said.push_str(&match self.language {
                Language::Fr => format!(" ; n’attendaient plus{} {missed}", self.colon),
                Language::En => format!("; did not wait any more: {missed}"),
            });
        }
        Some(said)
    }

    /// Too many tries to sign in.
    pub fn too_many(&self, seconds: i64) -> String {
        match self.language {
            Language::Fr => format!("Trop d’essais. Réessayez dans {seconds} s."),
            Language::En => format!("Too many tries. Try again in {seconds} s."),
        }
    }

    /// A day that cannot be read.
    pub fn bad_day(&self, text: &str) -> String {
        match self.language {
            Language::Fr => format!("« {text} » n’est pas un jour : écrivez par exemple 2026-03-12."),
            Language::En => format!("“{text}” is not a day: write for example 2026-03-12."),
        }
    }

    /// A text that is there in both languages.
    pub fn of_text<'t>(&self, text: &'t Text) -> &'t str {
        match self.language {
            Language::Fr => &text.fr,
            Language::En => &text.en,
        }
    }

    /// An amount that cannot be read.
    pub fn bad_amount(&self, text: &str) -> String {
        match self.language {
            Language::Fr => format!("« {text} » n’est pas un montant : écrivez par exemple 1234,50."),
            Language::En => format!("“{text}” is not an amount: write for example 1234.50."),
        }
    }

    /// What was done, by the word in the address that the form led to.
    pub fn done(&self, word: &str) -> Option<&'static str> {
        let (fr, en) = match word {
            "promise" => ("La promesse est notée.", "The promise is noted."),
            "withdrawn" => ("La promesse est retirée.", "The promise is withdrawn."),
            "dispute" => ("Le litige est ouvert.", "The dispute is open."),
            "closed" => ("Le litige est clos.", "The dispute is closed."),
            "hold" => ("Les relances sont suspendues.", "Reminders are on hold."),
            "ended" => ("La suspension est terminée.", "The hold has ended."),
            "plan" => ("L’échéancier est convenu.", "The payment plan is agreed."),
            "plan_cancelled" => ("L’échéancier est annulé.", "The payment plan is cancelled."),
            "note" => ("La note est ajoutée.", "The note is added."),
            "task" => ("C’est enregistré.", "It is saved."),
            "stopped" => (
                "Les envois sont arrêtés : plus aucun message n’est pris.",
                "The sending is stopped: no message is taken any more.",
            ),
            "dropped" => (
                "Tout ce qui attendait est retiré ; les envois reprennent.",
                "All that waited is recalled; the sending goes on.",
            ),
            "resumed" => ("Les envois reprennent.", "The sending goes on."),
            "user" => ("L’utilisateur est enregistré.", "The user is saved."),
            "revoked" => ("Le jeton est révoqué.", "The token is revoked."),
            _ => return None,
        };
        Some(self.pick(fr, en))
    }
}

/// The language that a browser asks for: the first of French and English in its header.
pub fn of_header(headers: &HeaderMap) -> &'static Words {
    let asked = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let first = asked
        .split(',')
        .filter_map(|part| part.trim().get(..2))
        .find(|code| code.eq_ignore_ascii_case("fr") || code.eq_ignore_ascii_case("en"));
    match first {
        Some(code) => Words::of(&code.to_ascii_lowercase()),
        None => &EN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_is_answered_in_the_first_language_that_we_speak() {
        let of = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, text.parse().unwrap());
            of_header(&headers).code
        };
        assert_eq!(of("fr-FR,fr;q=0.9,en;q=0.8"), "fr");
        assert_eq!(of("de-DE,en;q=0.7,fr;q=0.3"), "en");
        assert_eq!(of("es"), "en");
        assert_eq!(of_header(&HeaderMap::new()).code, "en");
    }
}
