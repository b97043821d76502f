use crate::model::Date;
use crate::table::{Print, Table};

/// Records that can be of one paper by its title, as the reader counts them.
const MOST: usize = 256;

/// Lends a table, or the parts of one after the other.
pub(super) type Lend<'a> = &'a dyn Fn(&mut dyn FnMut(Table));

/// On which dates papers were seen.
pub(super) struct Repeats {
    /// Hash of an id, date; sorted.
    by_id: Vec<(u64, Date)>,
    /// Hash of a title, date, hash of the id; sorted.
    by_title: Vec<(u64, Date, u64)>,
    window: u16,
}

impl Repeats {
    /// Takes note of every row of what is lent. O(rows log rows).
    pub(super) fn new(lend: Lend, window: u16) -> Self {
        let (mut by_id, mut by_title) = (Vec::new(), Vec::new());
        lend(&mut |table| {
            for digest in table.digests() {
                let date = digest.date();
                for print in digest.rows().map(|r| r.print()) {
                    if print.arxiv != 0 {
                        by_id.push((print.arxiv, date));
                    }
                    if print.key != 0 {
                        by_title.push((print.key, date, print.arxiv));
                    }
                }
            }
        });
        by_id.sort_unstable();
        by_title.sort_unstable();
        Self { by_id, by_title, window }
    }

    /// Says whether an earlier day has the paper, as the reader does. O(log rows).
    pub(super) fn has(&self, print: Print, date: Date) -> bool {
        let is_before = |other: Date| {
            other < date && date.since(other).is_ok_and(|s| s.get_days() <= i32::from(self.window))
        };
        let first = self.by_id.partition_point(|(id, _)| *id < print.arxiv);
        let of_id =
            self.by_id.iter().skip(first).take_while(|(id, _)| print.arxiv != 0 && *id == print.arxiv);
        if of_id.into_iter().any(|(_, other)| is_before(*other)) {
            return true;
        }
        let first = self.by_title.partition_point(|(key, ..)| *key < print.key);
        let rest = self.by_title.get(first..).unwrap_or_default();
        let count =
            rest.iter().take_while(|(key, ..)| print.key != 0 && *key == print.key).take(MOST + 1).count();
        // A title that very many records have is none.
        let of_title = rest.get(..count).filter(|_| count <= MOST).unwrap_or_default();
        of_title.iter().any(|&(key, other, arxiv)| print.may_be(Print { arxiv, key }) && is_before(other))
    }
}
