//! Row 63: two reducers of one name.
use graph_core::prelude::*;

mod first {
    use graph_core::prelude::*;

    #[reducer(combine = keep)]
    pub fn keep(current: &mut u64, new: u64) {
        *current = new.max(*current);
    }
}

mod second {
    use graph_core::prelude::*;

    #[reducer(combine = keep)]
    pub fn keep(current: &mut u64, new: u64) {
        *current = new.min(*current);
    }
}

mod outside {
    use super::first::keep;
    use graph_core::prelude::*;

    #[derive(State, Clone, Debug, Default)]
    pub struct Story {
        #[state(reduce = keep)]
        pub count: u64,
    }
}

use second::keep;

#[derive(State, Clone, Debug, Default)]
#[state(parent = outside::Story)]
struct Draft {
    #[state(shared, reduce = keep)]
    count: u64,
}

#[node]
fn look(Draft { count, .. }: &Draft) -> DraftWrite::Count {
    DraftWrite::Count(count + 1)
}

graph! {
    DraftGraph<Draft> {
        START -> look -> END;
    }
}

graph! {
    StoryGraph<outside::Story> {
        START -> DraftGraph as draft -> END;
    }
}

fn main() {}
