//! Where models are kept and how they may be fetched, as the environment says.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

/// Neither variable that tells where a user's caches are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "cannot tell where models are kept: none of WEIGH_CACHE, XDG_CACHE_HOME, HOME is set; \
     set WEIGH_CACHE to a folder"
)]
pub struct SettingsFault;

/// Where to look and what may be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Our own cache.
    pub cache: PathBuf,
    /// The cache of hub clients, where one can be.
    pub hub_cache: Option<PathBuf>,
    /// The hub's address, without a slash at its end.
    pub hub_endpoint: String,
    /// What the hub knows the user by.
    pub hub_token: Option<String>,
    /// Nothing is fetched.
    pub offline: bool,
    /// Who installs packages.
    pub packages: PackageClient,
}

/// How the package client is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageClient {
    /// Commands to try, each a program and its first arguments.
    pub commands: Vec<Vec<String>>,
    /// Variables to set for it, beside those of this process.
    pub variables: Vec<(OsString, OsString)>,
}

impl Default for PackageClient {
    fn default() -> Self {
        let command = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self {
            commands: vec![
                command(&["python3", "-m", "pip"]),
                command(&["python", "-m", "pip"]),
                command(&["pip3"]),
                command(&["pip"]),
            ],
            variables: Vec::new(),
        }
    }
}

impl PackageClient {
    /// A command with its first arguments, ready for more.
    pub(super) fn command(&self, words: &[String]) -> Option<Command> {
        let (program, arguments) = words.split_first()?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            // No package needs it.
            .env_remove("WEIGH_KEY_PASSPHRASE")
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        Some(command)
    }
}

impl Settings {
    /// As the environment says. `offline` forbids fetching whatever `WEIGH_OFFLINE` says.
    ///
    /// # Errors
    /// When no variable tells where caches are.
    pub fn from_env(offline: bool) -> Result<Self, SettingsFault> {
        Self::from_variables(offline, |name| std::env::var_os(name))
    }

    fn from_variables(
        offline: bool,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, SettingsFault> {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let path = |name: &str| set(name).map(PathBuf::from);
        // The XDG base directory specification: a relative path is invalid and ignored.
        let caches = path("XDG_CACHE_HOME")
            .filter(|path| path.is_absolute())
            .or_else(|| path("HOME").map(|home| home.join(".cache")));
        let cache = path("WEIGH_CACHE")
            .or_else(|| caches.as_ref().map(|caches| caches.join("weighhouse")))
            .ok_or(SettingsFault)?;
        let hub_cache = path("HF_HUB_CACHE")
            .or_else(|| path("HF_HOME").map(|home| home.join("hub")))
            .or_else(|| caches.map(|caches| caches.join("huggingface/hub")));
        let text = |name: &str| set(name).and_then(|value| value.into_string().ok());
        let endpoint = text("HF_ENDPOINT").unwrap_or_else(|| "https://huggingface.co".to_owned());
        let switched_on = |name: &str| text(name).is_some_and(|value| value != "0");
        Ok(Self {
            cache,
            hub_cache,
            hub_endpoint: endpoint.trim_end_matches('/').to_owned(),
            hub_token: text("HF_TOKEN"),
            offline: offline || switched_on("WEIGH_OFFLINE"),
            packages: PackageClient::default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(set: &[(&str, &str)]) -> Result<Settings, SettingsFault> {
        Settings::from_variables(false, |name| {
            let found = set.iter().find(|(key, _)| *key == name)?;
            Some(found.1.into())
        })
    }

    #[test]
    fn caches_follow_the_variables() {
        let home = ("HOME", "/h");
        for (set, cache, hub) in [
            (
                vec![home],
                "/h/.cache/weighhouse",
                "/h/.cache/huggingface/hub",
            ),
            (
                vec![home, ("XDG_CACHE_HOME", "/x")],
                "/x/weighhouse",
                "/x/huggingface/hub",
            ),
            (
                vec![home, ("XDG_CACHE_HOME", "x")],
                "/h/.cache/weighhouse",
                "/h/.cache/huggingface/hub",
            ),
            (
                vec![home, ("WEIGH_CACHE", "/w")],
                "/w",
                "/h/.cache/huggingface/hub",
            ),
            (
                vec![home, ("HF_HOME", "/f")],
                "/h/.cache/weighhouse",
                "/f/hub",
            ),
            (
                vec![home, ("HF_HOME", "/f"), ("HF_HUB_CACHE", "/c")],
                "/h/.cache/weighhouse",
                "/c",
            ),
        ] {
            let found = settings(&set).unwrap();
            assert_eq!(found.cache, PathBuf::from(cache), "{set:?}");
            assert_eq!(found.hub_cache, Some(PathBuf::from(hub)), "{set:?}");
        }
        assert_eq!(settings(&[]), Err(SettingsFault));
        assert_eq!(settings(&[("WEIGH_CACHE", "/w")]).unwrap().hub_cache, None);
    }

    #[test]
    fn offline_is_a_switch() {
        let offline = |value| {
            let set = [("HOME", "/h"), ("WEIGH_OFFLINE", value)];
            settings(&set).unwrap().offline
        };
        assert!(offline("1") && offline("yes"));
        assert!(!offline("0") && !offline(""));
    }

    #[test]
    fn a_mirror_can_be_named() {
        let set = [
            ("HOME", "/h"),
            ("HF_ENDPOINT", "http://mirror/"),
            ("HF_TOKEN", "t"),
        ];
        let found = settings(&set).unwrap();
        assert_eq!(found.hub_endpoint, "http://mirror");
        assert_eq!(found.hub_token.as_deref(), Some("t"));
    }
}
