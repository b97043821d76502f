use std::ffi::OsString;
use std::path::PathBuf;

use crate::catalogue::quote;

/// Looks a variable of the environment up.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// Writes a folder out: a leading `~` is the home folder, `$NAME` and `${NAME}` are variables.
///
/// # Errors
/// One clause where a variable is not set, or the folder would depend on where the program was started.
pub(super) fn expand(text: &str, env: Environment<'_>) -> Result<PathBuf, String> {
    let value = |name: &str| {
        env(name).filter(|v| !v.is_empty()).ok_or_else(|| format!("${name} is not set ({})", quote(text)))
    };
    let mut out = OsString::new();
    let mut rest = text;
    if let Some(after) = text.strip_prefix('~') {
        if !after.is_empty() && !after.starts_with('/') {
            return Err(format!("{}: only the own home folder can be written as ~", quote(text)));
        }
        out.push(value("HOME")?);
        rest = after;
    }
    while let Some((before, after)) = rest.split_once('$') {
        out.push(before);
        let braced = after.strip_prefix('{').and_then(|a| a.split_once('}'));
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let (name, after) = braced.unwrap_or_else(|| {
            let end = after.find(|c| !is_name(c)).unwrap_or(after.len());
            after.split_at(end)
        });
        if name.is_empty() || !name.chars().all(is_name) {
            return Err(format!("{}: after $ comes the name of a variable", quote(text)));
        }
        out.push(value(name)?);
        rest = after;
    }
    out.push(rest);
    let path = PathBuf::from(out);
    if path.is_absolute() {
        Ok(path)
    } else {
        Err(format!("{} is not absolute: begin with / or ~ or $NAME", quote(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn home_and_variables_are_written_out() {
        let env = |name: &str| match name {
            "HOME" => Some(OsString::from("/home/ada")),
            "DATA_1" => Some(OsString::from("/srv/data")),
            "EMPTY" => Some(OsString::new()),
            _ => None,
        };
        let table = [
            ("/a/b", Ok("/a/b")),
            ("~", Ok("/home/ada")),
            ("~/摘要 1", Ok("/home/ada/摘要 1")),
            ("$DATA_1/x", Ok("/srv/data/x")),
            ("${DATA_1}x", Ok("/srv/datax")),
            ("~/$DATA_1", Ok("/home/ada//srv/data")),
            ("a/b", Err("`a/b` is not absolute: begin with / or ~ or $NAME")),
            ("", Err("`` is not absolute: begin with / or ~ or $NAME")),
            ("~ada/x", Err("`~ada/x`: only the own home folder can be written as ~")),
            ("$NONE/x", Err("$NONE is not set (`$NONE/x`)")),
            ("$EMPTY", Err("$EMPTY is not set (`$EMPTY`)")),
            ("/a$", Err("`/a$`: after $ comes the name of a variable")),
            ("/a${b", Err("`/a${b`: after $ comes the name of a variable")),
            ("/${文}", Err("`/${文}`: after $ comes the name of a variable")),
        ];
        for (text, expected) in table {
            let expected = expected.map(PathBuf::from).map_err(str::to_owned);
            assert_eq!(expand(text, &env), expected, "{text}");
        }
    }
}
