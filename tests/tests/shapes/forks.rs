//! Forks and joins, of equal and of unequal branches.

use super::*;

shapes! {
    a_diamond(0) {
        START -> a -> [b, c] -> d -> END;
    } => "a b c d"

    a_diamond_by_edges(0) {
        START -> a -> [b, c];
        b -> d;
        c -> d;
        d -> END;
    } => "a b c d"

    a_diamond_in_a_diamond(0) {
        START -> a -> [b, c];
        b -> [d, e] -> f;
        c -> g;
        [f, g] -> h -> END;
    } => "a b c d e g f h"

    diamonds_in_a_row(0) {
        START -> a -> [b, c] -> d -> [e, f] -> g -> END;
    } => "a b c d e f g"

    a_join_of_unequal_branches(0) {
        START -> a -> [b, c];
        c -> d;
        [b, d] -> e -> END;
    } => "a b c d e"

    a_join_of_three(0) {
        START -> [a, b, c] -> d -> END;
    } => "a b c d"

    a_join_to_two(0) {
        START -> [a, b] -> [c, d];
        [c, d] -> END;
    } => "a b c d"

    two_joins_of_one_source(0) {
        START -> [a, b, c];
        [a, b] -> d -> END;
        [b, c] -> e -> END;
    } => "a b c d e"

    branches_of_their_own(0) {
        START -> a -> [b, c];
        b -> d -> END;
        c -> e -> f -> END;
    } => "a b c d e f"
}
