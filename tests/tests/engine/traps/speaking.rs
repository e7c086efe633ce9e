//! A `messages` mode that runs the nodes of a step sequentially, or twice.

use graph_core::model::ScriptedModel;

use super::*;

struct Speakers {
    model: ScriptedModel,
    inside: Gauge,
}

macro_rules! nodes {
    ($($node:ident)*) => {$(
        #[node]
        async fn $node(_: &Log, cx: &Context<Speaking>) -> NodeResult<Line> {
            let _inside = cx.deps().inside.enter();
            sleep(Duration::from_millis(10)).await;
            Ok(line(cx.deps().model.invoke("speak", cx).await?.text()))
        }
    )*};
}

nodes!(one two three);

graph! {
    Speaking<Log, Speakers> {
        START -> [one, two, three] -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_listens_nodes_run_side_by_side_and_once() {
    for modes in [Mode::none(), Mode::MESSAGES, Mode::EVENTS, Mode::ALL] {
        let inside = Gauge::default();
        let model = ScriptedModel::new().reply("a b c").repeat();
        let app = Speaking::new(Speakers { model, inside: inside.clone() });
        let parts = items(app.run(nothing()).stream(modes)).await;
        assert_eq!((inside.entered(), inside.most()), (3, 3), "{modes:?}");
        let spoken = parts.iter().filter(|part| matches!(part, Part::Message(_))).count();
        assert_eq!(spoken, if modes.intersects(Mode::MESSAGES) { 9 } else { 0 }, "{modes:?}");
    }
}
