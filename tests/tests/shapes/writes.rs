//! Fields that are read after their writes, and written more than once.

use super::*;

shapes! {
    late_on_every_path(0) {
        START -> |s| if s.n > 0 { write } else { a };
        a -> write as later -> read;
        write -> read;
        read -> END;
    } => "a note"

    late_before_a_loop(2) {
        START -> write -> read;
        read -> |s| if s.ran < s.n { read } else { END };
    } => "note note"

    late_behind_a_join(0) {
        START -> [write, a] -> read -> END;
    } => "a note"

    alternatives_that_write_one_field(0) {
        START -> |s| if s.n > 0 { write } else { write as other };
        write -> END;
        other -> END;
    } => ""

    one_after_the_other_write_one_field(0) {
        START -> write -> a -> write as again -> END;
    } => "a"

    a_write_that_may_be_none(0) {
        START -> maybe -> a -> END;
    } => "a"
}
