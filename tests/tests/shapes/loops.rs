//! Loops, each with a way out.

use super::*;

shapes! {
    a_loop_with_an_exit(3) {
        START -> a;
        a -> |s| if s.ran < s.n { a } else { END };
    } => "a a a"

    a_loop_of_two(4) {
        START -> a -> b;
        b -> |s| if s.ran < s.n { a } else { END };
    } => "a b a b"

    a_loop_left_in_the_middle(3) {
        START -> a;
        a -> |s| if s.ran > s.n { END } else { b };
        b -> a;
    } => "a b a b a"

    a_loop_in_a_loop(6) {
        START -> a -> b;
        b -> |s| match s.ran {
            ran if ran > s.n => END,
            ran if ran % 2 == 0 => b,
            _ => a,
        };
    } => "a b b a b a b"

    a_loop_around_a_diamond(5) {
        START -> a -> [b, c] -> d;
        d -> |s| if s.ran < s.n { a } else { END };
    } => "a b c d a b c d"

    a_tool_loop(2) {
        START -> a;
        a -> |s| if s.ran < s.n { b } else { END };
        b -> a;
    } => "a b a"
}
