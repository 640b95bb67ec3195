//! The model's own chat template: Jinja as Hugging Face's `apply_chat_template` renders it, with
//! a budget for its work, no access to files and a clock that stands still.
//!
//! One limit: minijinja 3.1 does not charge its budget for adding lists, so a template that doubles
//! a list more than 32 times ends the process for want of memory. Nothing is scored then.

use std::error::Error as _;
use std::fmt;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Error, ErrorKind, Value, context};
use weigh_core::digest::Digest;
use weigh_core::request::{Message, Role};

mod functions;

const MAX_SOURCE: usize = 1 << 20;

/// Steps that one rendering may take. What is written or built costs one for each 64 bytes, so this
/// bounds time and, at about 64 MiB, memory. A long conversation takes some thousands.
const FUEL: u64 = 1 << 20;

/// Bytes that a rendering may have.
const MAX_TEXT: usize = 16 << 20;

/// A template is nested far less.
const RECURSION: usize = 100;

const NAME: &str = "chat template";

/// A chat template that is ready for use.
#[derive(Debug)]
pub(crate) struct ChatTemplate {
    environment: Environment<'static>,
    digest: Digest,
    reads_date: bool,
    bos: String,
    eos: String,
}

/// Why a conversation cannot be rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFault {
    /// A text above the cap.
    #[error("the chat template has {0} bytes; at most 1 MiB are read")]
    TooLarge(usize),
    /// A text that is no template.
    #[error("the chat template is not valid: {0}")]
    Syntax(String),
    /// The template itself refused, for instance a role that it does not know.
    #[error("the chat template refuses the conversation: {0}")]
    Refused(String),
    /// The budget was used up.
    #[error("the chat template does not end within its budget of steps and bytes")]
    OutOfFuel,
    /// Anything else that went wrong while rendering.
    #[error("the chat template fails: {0}")]
    Failed(String),
}

/// The message of `raise_exception`.
#[derive(Debug)]
struct Raised(String);

impl fmt::Display for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Raised {}

impl ChatTemplate {
    /// Compiles `source`; `bos` and `eos` are the texts of the tokens that templates may name.
    ///
    /// # Errors
    /// A text that is too large or no template.
    pub(crate) fn new(source: &str, bos: &str, eos: &str) -> Result<Self, TemplateFault> {
        if source.len() > MAX_SOURCE {
            return Err(TemplateFault::TooLarge(source.len()));
        }
        let mut environment = Environment::new();
        let syntax = SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build();
        environment.set_syntax(syntax.map_err(|error| syntax_fault(&error))?);
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(RECURSION);
        environment
            .set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        functions::add_to(&mut environment);
        environment
            .add_template_owned(NAME, without_generation_tags(source))
            .map_err(|error| syntax_fault(&error))?;
        Ok(Self {
            environment,
            digest: Digest::of(source.as_bytes()),
            reads_date: source.contains("strftime_now"),
            bos: bos.to_owned(),
            eos: eos.to_owned(),
        })
    }

    /// The text that the model reads for `messages`, with the beginning of an answer after it if
    /// `add_generation_prompt`.
    ///
    /// # Errors
    /// The template refused, failed or did not end.
    pub(crate) fn render(
        &self,
        messages: &[Message],
        add_generation_prompt: bool,
    ) -> Result<String, TemplateFault> {
        let messages: Value = messages.iter().map(message).collect();
        let variables = context! {
            messages,
            add_generation_prompt,
            bos_token => self.bos.as_str(),
            eos_token => self.eos.as_str(),
            tools => (),
            documents => (),
        };
        let template = self.environment.get_template(NAME);
        let text = template.and_then(|template| template.render(variables));
        match text {
            Ok(text) if text.len() > MAX_TEXT => Err(TemplateFault::OutOfFuel),
            Ok(text) => Ok(text),
            Err(error) => Err(fault(&error)),
        }
    }

    /// The date that the template is told, if it asks for one.
    pub(crate) fn date(&self) -> Option<&'static str> {
        self.reads_date.then_some(functions::DATE)
    }

    /// Digest of the template's text.
    pub(crate) fn digest(&self) -> Digest {
        self.digest
    }
}

fn message(message: &Message) -> Value {
    let role = match message.role {
        Role::System => "system",
        Role::User => "user",
        Role::Assistant => "assistant",
    };
    context! { role, content => message.content.as_str() }
}

fn syntax_fault(error: &Error) -> TemplateFault {
    TemplateFault::Syntax(error.to_string())
}

fn fault(error: &Error) -> TemplateFault {
    if error.kind() == ErrorKind::OutOfFuel {
        return TemplateFault::OutOfFuel;
    }
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(Raised(message)) = cause.downcast_ref() {
            return TemplateFault::Refused(message.clone());
        }
        source = cause.source();
    }
    TemplateFault::Failed(error.to_string())
}

/// The template with `{% generation %}` and its end as an `if` that is always true: the tags mark
/// the model's own words for training and do nothing when a prompt is made.
fn without_generation_tags(source: &str) -> String {
    let mut result = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("{%") {
        result.push_str(before);
        result.push_str("{%");
        rest = after;
        let Some((tag, _)) = after.split_once("%}") else {
            continue;
        };
        let name = tag.trim_matches(|c: char| c.is_whitespace() || c == '-' || c == '+');
        let instead = match name {
            "generation" => "if true",
            "endgeneration" => "endif",
            _ => continue,
        };
        result.push_str(&tag.replace(name, instead));
        rest = after.get(tag.len()..).unwrap_or_default();
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests;
