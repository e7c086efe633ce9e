//! Lines, starts, names.

use super::*;

shapes! {
    one_node(0) {
        START -> a -> END;
    } => "a"

    a_line(0) {
        START -> a -> b -> c -> END;
    } => "a b c"

    a_line_in_pieces(0) {
        a -> b;
        START -> a;
        b -> END;
    } => "a b"

    two_starts(0) {
        START -> [a, b];
        [a, b] -> END;
    } => "a b"

    starts_in_two_edges(0) {
        START -> a;
        START -> b;
        a -> END;
        b -> END;
    } => "a b"

    conditional_entry(1) {
        START -> |s| if s.n > 0 { a } else { b };
        a -> END;
        b -> END;
    } => "a"

    entry_that_may_end(0) {
        START -> |s| if s.n > 0 { a } else { END };
        a -> END;
    } => ""

    one_node_under_three_names(0) {
        START -> a -> a as second -> a as third -> END;
    } => "a a a"
}
