//! The address of a receiver.

use std::fmt;
use std::str::FromStr;

use hyper::Uri;

/// An `http://` or `https://` address with a host.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(Uri);

/// This is no address that one can post to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write an address such as https://gateway.example/messages")]
pub struct NoAddress;

impl FromStr for Address {
    type Err = NoAddress;

    /// Names and passwords do not belong into an address: logs and errors show it.
    fn from_str(text: &str) -> Result<Self, NoAddress> {
        let uri: Uri = text.trim().parse().map_err(|_| NoAddress)?;
        let scheme = matches!(uri.scheme_str(), Some("http" | "https"));
        let host = uri.host().is_some_and(|host| !host.is_empty());
        let plain = uri.authority().is_some_and(|a| !a.as_str().contains('@'));
        if scheme && host && plain {
            Ok(Self(uri))
        } else {
            Err(NoAddress)
        }
    }
}

impl Address {
    /// Whether the connection is secured.
    pub fn is_secured(&self) -> bool {
        self.0.scheme_str() == Some("https")
    }

    /// Host name or number, without the brackets of IPv6.
    pub(super) fn host(&self) -> &str {
        let host = self.0.host().unwrap_or_default();
        host.trim_start_matches('[').trim_end_matches(']')
    }

    pub(super) fn port(&self) -> u16 {
        let usual = if self.is_secured() { 443 } else { 80 };
        self.0.port_u16().unwrap_or(usual)
    }

    /// Host and port as the `Host` header has them.
    pub(super) fn authority(&self) -> &str {
        self.0.authority().map_or("", |a| a.as_str())
    }

    /// Path and query.
    pub(super) fn path(&self) -> &str {
        self.0.path_and_query().map_or("/", |p| p.as_str())
    }
}

impl fmt::Display for Address {
    /// Without the query, in which some receivers want a key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = self.0.scheme_str().unwrap_or_default();
        write!(f, "{scheme}://{}{}", self.authority(), self.0.path())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, NoAddress};

    #[test]
    fn an_address_has_a_scheme_a_host_and_no_password() {
        for bad in [
            "",
            "gateway.example",
            "/x",
            "ftp://a/b",
            "https://",
            "https://me:secret@a/b",
        ] {
            assert_eq!(bad.parse::<Address>(), Err(NoAddress), "{bad}");
        }
        let address: Address = " https://gateway.example/v1/messages?key=k ".parse().unwrap();
        assert_eq!(
            (address.host(), address.port(), address.path()),
            ("gateway.example", 443, "/v1/messages?key=k")
        );
        assert_eq!(address.to_string(), "https://gateway.example/v1/messages");
        let local: Address = "http://[::1]:8025".parse().unwrap();
        assert_eq!((local.host(), local.port(), local.path()), ("::1", 8025, "/"));
    }
}
