//! `for` edges: many tasks of one node.

use super::*;

shapes! {
    many_tasks(3) {
        START -> |s| for i in 0..s.n { item(i.to_string()) };
        item -> END;
    } => "0 1 2"

    no_task_at_all(0) {
        START -> a;
        a -> |s| for i in 0..s.n { item(i.to_string()) };
        item -> END;
    } => "a"

    many_tasks_and_a_gathering(2) {
        START -> a;
        a -> |s| for i in 0..s.n { item(i.to_string()) };
        item -> b -> END;
    } => "a 0 1 b"

    many_tasks_in_a_list(2) {
        START -> |s| [a, for i in 0..s.n { item(i.to_string()) }];
        a -> END;
        item -> END;
    } => "a 0 1"

    two_kinds_of_tasks(2) {
        START -> |s| [
            for i in 0..s.n { item(i.to_string()) },
            for i in 0..s.n { item(format!("x{i}")) },
        ];
        item -> END;
    } => "0 1 x0 x1"

    tasks_that_send_tasks(1) {
        START -> |s| for i in 0..s.n { item(i.to_string()) };
        item -> |s| if s.ran < 3 { for i in 0..s.n { item(format!("again {i}")) } } else { END };
    } => "0 again 0 again 0"
}
