"""The checks, one line each."""


def run(editor):
    goto, hover, completes = editor.goto, editor.hover, editor.completes
    goto("node in an edge leads to its function", "START -> plan_stops;", 12, "async fn plan_stops")
    goto("node as a source leads to its function", "plan_stops -> |state|", 3, "async fn plan_stops")
    goto("node in a router's leaf leads to its function", "{ plan_stops }", 4, "async fn plan_stops")
    goto("node behind else leads to its function", "{ sum_up };", 4, "async fn sum_up")
    goto("state in graph! leads to the struct", "TripGraph<TripState> {", 12, "struct TripState")
    goto("field in a router leads to the field", "state.rounds < 3", 8, "rounds: u32")
    goto("custom type leads to its struct", "custom Progress;", 9, "struct Progress")
    goto("graph type leads into graph!", "TripGraph::new()", 3, "TripGraph<TripState>")
    goto("update variant leads to the node in graph! or its function", "TripGraphUpdate::PlanStops", 19, "plan_stops")
    goto("field of the input leads to the state's field", "TripStateInput { city", 18, "city: String")
    goto("graph in a context leads into graph!", "&Context<TripGraph>", 11, "TripGraph<TripState>")
    goto("field in a node's pattern leads to the field", "TripState { city, rounds", 13, "city: String")

    hover("hover on a node in graph! shows its docs", "START -> plan_stops;", 12, ["Plans the stops of a trip"])
    hover("hover on a pattern's field shows its type", "TripState { city, rounds", 13, ["String"])
    hover("hover on a router's field shows its type", "state.rounds < 3", 8, ["u32"])
    hover("hover on the graph type shows its docs", "TripGraph::new()", 3, ["A trip"])

    end = "        sum_up -> END;\n"
    router = "if state.rounds < 3 { plan_stops } else { sum_up };"
    completes("completes a node behind START", "START -> plan_stops;", "START -> pl$0;", ["plan_stops"])
    completes("completes a node in a half-written edge", end, "        sum_up -> pla$0\n", ["plan_stops"])
    completes("completes a node as a source", end, end + "        su$0\n", ["sum_up"])
    completes("completes a node in a router's leaf", "{ sum_up };", "{ su$0 };", ["sum_up"])
    completes("completes fields of the state in a router", "if state.rounds < 3", "if state.$0 < 3", ["rounds", "stops", "city"])
    completes("completes fields in a router that has no leaves yet", router, "if state.$0", ["rounds", "stops"])
    completes("completes fields in a node's pattern", "TripState { city, rounds, .. }", "TripState { ro$0 .. }", ["rounds"])
    completes("completes methods of a pattern's field in a body", "city.to_uppercase()", "city.$0", ["to_uppercase"])
    completes("completes fields of an update in a body", "Summed { summary: stops.join(\", \") }", "Summed { su$0 }", ["summary"])
    completes("completes the context's methods", "cx.emit(Progress { done: stops.len() });", "cx.$0", ["emit", "deps", "super_step"])
    completes("completes variants of the update enum", "TripGraphUpdate::SumUp(Summed { summary }) =>", "TripGraphUpdate::$0 =>", ["SumUp", "PlanStops"])
    completes("completes fields of the input", "TripStateInput { city: \"Rome\".into() }", "TripStateInput { ci$0 }", ["city"])
    completes("completes a run's methods", ".updates();", ".$0;", ["updates", "values", "tokens", "stream"])
    completes("completes fields where a match was only begun", end, "        sum_up -> |state| match state.$0 {\n", ["rounds", "stops"])
    completes("completes methods of a late field that a pattern binds", "summary.len()", "summary.$0", ["len", "to_uppercase"])

    editor.references("references of a node's function are in graph!", "async fn plan_stops", 12, 4)
    editor.renames("renaming a node's function renames it in graph!", "async fn sum_up", 11, "add_up", 3)
    editor.has_no_diagnostics("no diagnostics in a right program")
