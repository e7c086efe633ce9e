use graph_core::prelude::*;
#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
pub struct ReportState {
    #[state(input)]
    topic: String,
    #[state(input, reduce = AddMessages)]
    messages: Vec<Message>,
    sections: Late<Vec<String>>,
    #[state(reduce = keep_longest)]
    longest: String,
    #[state(reduce = Overwrite)]
    list: Vec<u8>,
    note: Option<String>,
}
#[reducer]
fn keep_longest(current: &mut String, new: String) { if new.len() > current.len() { *current = new } }
#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(ReportState)]
struct Plan { sections: Vec<String>, messages: Messages, #[update(maybe)] longest: Option<String>, note: Option<String> }
#[derive(Update, Clone, Debug)]
#[update(ReportState)]
struct Nothing;
#[node]
async fn plan(ReportState { topic, .. }: &ReportState) -> Plan { Plan { sections: vec![topic.clone()], messages: Message::user("x").into(), longest: None, note: None } }
#[node]
async fn write(section: String) -> Nothing { let _ = section; Nothing }
#[node]
fn write2(mut section: String, _: &ReportState, cx: &RunContext) -> NodeResult<Plan> { section.push('x'); let _ = cx; Err(NodeError::msg("x")) }
#[test]
fn it_works() {
    let u = ReportStateUpdate::default().topic("a".into()).note(None);
    let j = serde_json::to_string(&u).unwrap();
    assert_eq!(j, r#"{"topic":"a","note":null}"#);
    println!("{:?}", serde_json::from_str::<ReportStateUpdate>(&j).unwrap());
    println!("{:?}", serde_json::from_str::<ReportStateUpdate>(r#"{"topik":1}"#).unwrap_err());
    println!("{:?}", serde_json::from_str::<ReportStateInput>(r#"{"topic":"x"}"#).unwrap_err());
    println!("{:?}", <ReportState as State>::FIELDS);
    println!("{:?}", Plan::WRITES);
    let _ = (plan {}, write {}, write2 {});
}
