//! Deferred nodes.

use super::*;

shapes! {
    unequal_branches_into_a_deferred_node(0) {
        START -> a -> [b, c];
        c -> d -> e;
        b -> e -> END;
        defer e;
    } => "a b c d e"

    a_deferred_node_in_a_loop(3) {
        START -> a;
        a -> |s| if s.ran < s.n { a } else { END };
        defer a;
    } => "a a a"

    late_before_a_deferred_node(0) {
        START -> [a, b];
        b -> c -> write -> END;
        a -> read -> END;
        defer read;
    } => "a b c note"

    deferred_nodes_one_after_the_other_write_one_field(0) {
        START -> [a, write];
        a -> write as again -> END;
        write -> END;
        defer again;
    } => "a"
}
