//! Examples at the end of the long help and in the manual page.

pub(super) const WENZHAI: &str = "Examples:
  wenzhai                                     open the reader where you left off
  wenzhai ~/digests                           open this folder
  wenzhai --read-only /mnt/lab/digests        look around without a trace
  wenzhai import page.html && wenzhai         take a saved page over, and read it

Exit status: 0 ok, 1 failure or problems found, 2 wrong usage or no terminal, 128 and the number for a signal.";

pub(super) const IMPORT: &str = "Examples:
  wenzhai import ~/Downloads/*.html           into the default archive
  wenzhai import data --into ~/digests        from a folder, into this archive
  curl -s URL | wenzhai import - --dry-run    say what would be done";

pub(super) const CHECK: &str = "Examples:
  wenzhai check                               the archive that would be opened
  wenzhai check ~/digests --json | jq -r 'select(.severity == \"error\") | .file'";

pub(super) const LIST: &str = "Examples:
  wenzhai list --query 'is:bookmarked date:7d'
  wenzhai list --query 'tag:rl has:code' | cut -f3,4
  wenzhai list --json | jq -r .title";

pub(super) const SHOW: &str = "Examples:
  wenzhai show 2501.01234                     by arXiv id, also arXiv:2501.01234v2 or its address
  wenzhai show 'graph nets'                   by a part of its title
  wenzhai list --query is:later | cut -f3 | wenzhai show - --json";

pub(super) const EXPORT: &str = "Examples:
  wenzhai export --format bibtex --query is:bookmarked -o papers.bib
  wenzhai export --format markdown 2501.01234
  wenzhai list --query tag:rl | cut -f3 | wenzhai export --format ris -";

pub(super) const STATS: &str = "Examples:
  wenzhai stats                               a year of the archive that would be opened
  wenzhai stats --days 30 ~/digests
  wenzhai stats --json | jq -r '.missing[]'";

pub(super) const MARK: &str = "Examples:
  wenzhai mark 2501.01234 --bookmark --tag rl
  wenzhai list --query 'title:survey is:undecided' | cut -f3 | wenzhai mark - --dismiss";

pub(super) const JOURNAL: &str = "Examples:
  wenzhai journal status                      who wrote how much
  wenzhai journal list | grep ^bookmarked
  wenzhai journal compact                     shorten this machine's file";

pub(super) const UPDATE: &str = "Examples:
  wenzhai update                              what is due
  wenzhai update ~/digests --force            this one, now
  0 8 * * * wenzhai update                    in a crontab: every morning at eight";

pub(super) const CONFIG: &str = "Examples:
  wenzhai config default > ~/.config/wenzhai/config.toml
  wenzhai config check && echo all can be used
  wenzhai --config other.toml config show";

pub(super) const KEYS: &str = "Examples:
  wenzhai keys | grep yank
  wenzhai keys --lang zh";

pub(super) const DOCTOR: &str = "Examples:
  wenzhai doctor                              when something looks wrong on this terminal
  wenzhai doctor --json > report.json         for a bug report";

pub(super) const COMPLETIONS: &str = "Examples:
  wenzhai completions bash > ~/.local/share/bash-completion/completions/wenzhai
  wenzhai completions fish > ~/.config/fish/completions/wenzhai.fish
  wenzhai completions zsh > \"${fpath[1]}/_wenzhai\"";

pub(super) const MAN: &str = "Examples:
  wenzhai man | man -l -                      read it
  wenzhai man > ~/.local/share/man/man1/wenzhai.1";

pub(super) const PATHS: &str = "Examples:
  wenzhai paths
  $EDITOR \"$(wenzhai paths --json | jq -r .config_file)\"";

pub(super) const SEARCH: &str = "Examples:
  wenzhai search 'grpo author:chen date:3m'
  wenzhai search --titles --limit 20 强化学习
  wenzhai search -l text:grpo                 the days and categories that have it
  wenzhai search diffusion --json | jq -r .id | wenzhai export --format bibtex -";

pub(super) const RULES: &str = "Examples:
  wenzhai rules list                          the rules of the configuration, and what they meet
  wenzhai rules test 'keyword = \"diffusion\", weight = 3' --date 7d";
