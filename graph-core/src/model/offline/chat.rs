//! Answers in words.
use super::request::Request;
use super::words::{capitalised, has_word, numbers, phrase_after, words};
use super::{arithmetic, counting, name};

/// An answer, and whether a person reads it: lists are read by programs and stand alone.
pub(super) struct Answer {
    pub(super) text: String,
    pub(super) for_people: bool,
}

impl Answer {
    pub(super) fn for_people(text: String) -> Self {
        Answer { text, for_people: true }
    }
}

/// The answer of the first matching rule.
pub(super) fn answer(request: &Request) -> Answer {
    let rules = [own_name, counting::answer, plain_sum, joke, own_abilities];
    if let Some(text) = rules.into_iter().find_map(|rule| rule(request)) {
        return Answer::for_people(text);
    }
    if let Some(text) = list(request) {
        return Answer { text, for_people: false };
    }
    Answer::for_people(piece(request).or_else(|| small_talk(request)).unwrap_or_else(|| no_idea(request)))
}

fn plain_sum(request: &Request) -> Option<String> {
    arithmetic::answer(&request.plain).map(|sum| format!("{sum}."))
}

fn own_name(request: &Request) -> Option<String> {
    let asks = ["my name?", "my name ?", "what's my name", "what is my name", "who am i", "remember my name"];
    if !asks.iter().any(|phrase| request.plain.contains(phrase)) {
        return None;
    }
    Some(match name::known(request) {
        Some(name) => format!("Your name is {name}."),
        None => "You have not told me your name yet.".to_owned(),
    })
}

fn joke(request: &Request) -> Option<String> {
    let asks = has_word(&request.plain, &["tell", "make", "write", "know", "generate", "create", "another"]);
    let topic = topic(request);
    if !has_word(&request.plain, &["joke", "jokes", "funny"]) || !(asks || topic.is_some()) {
        return None;
    }
    let topic = topic.unwrap_or("a programmer");
    // The same topic always gets the same joke.
    let jokes = [
        "Why did {topic} cross the road? To get away from all the jokes about it.",
        "What do you call {topic} without humour? A specification.",
        "How many jokes about {topic} does it take to make you laugh? One more than this.",
        "I had a joke about {topic}, but it is still compiling.",
    ];
    let pick = topic.bytes().map(usize::from).sum::<usize>() % jokes.len();
    Some(jokes[pick].replace("{topic}", topic))
}

/// `List 3 subtopics about X`: aspects that fit every topic, comma-separated.
fn list(request: &Request) -> Option<String> {
    let kinds = ["subtopics", "topics", "subjects", "examples", "ideas", "aspects", "sections", "questions", "queries"];
    if !has_word(&request.plain, &kinds)
        || !has_word(&request.plain, &["list", "generate", "give", "name", "create", "write"])
    {
        return None;
    }
    let topic = topic(request).unwrap_or("the topic");
    let aspects = ["history", "basics", "today", "people", "future", "mistakes", "tools", "examples"];
    let count = numbers(&request.plain).last().map_or(3, |count| *count as usize).clamp(1, aspects.len());
    Some(aspects[..count].iter().map(|aspect| format!("{topic}: {aspect}")).collect::<Vec<_>>().join(", "))
}

/// A story or a section: a placeholder, marked as such.
fn piece(request: &Request) -> Option<String> {
    let kinds =
        ["story", "poem", "haiku", "song", "essay", "report", "section", "paragraph", "sentence", "article", "tweet"];
    let kind = words(&request.plain).find(|word| kinds.contains(word))?;
    let topic = topic(request)?;
    Some(format!("{}: a real model would write a {kind} here.", capitalised(topic)))
}

fn small_talk(request: &Request) -> Option<String> {
    let plain = request.plain.as_str();
    let comma_name = name::known(request).map(|name| format!(", {name}")).unwrap_or_default();
    if has_word(plain, &["bye", "goodbye", "cya"]) {
        return Some(format!("Goodbye{comma_name}!"));
    }
    if has_word(plain, &["thanks", "thank"]) {
        return Some(format!("You're welcome{comma_name}."));
    }
    if plain.contains("how are you") {
        return Some(format!("Rules do not get tired. How are you{comma_name}?"));
    }
    let introduced = name::introduced(&request.text).is_some();
    let greets = words(plain).next().is_some_and(|word| ["hi", "hello", "hey", "hallo"].contains(&word));
    (introduced || greets).then(|| format!("Hello{comma_name}! What can I do?"))
}

fn own_abilities(request: &Request) -> Option<String> {
    let asks = ["who are you", "what are you", "what can you do", "help me", "are you a real", "are you an ai"];
    asks.iter().any(|phrase| request.plain.contains(phrase)).then(abilities)
}

fn abilities() -> String {
    "I am a few rules, not a language model. I can do sums, count, make up a joke, remember your name, sum up what you \
     said, call tools and fill JSON schemas."
        .to_owned()
}

fn no_idea(request: &Request) -> String {
    let lack = match topic(request) {
        Some(topic) => format!("I know nothing about {topic}"),
        None => "I have no answer to that".to_owned(),
    };
    // List the abilities only once.
    if request.answered_before {
        format!("{lack}: no language model is connected.")
    } else {
        format!("{lack}. {}", abilities())
    }
}

/// The topic of the request.
fn topic(request: &Request) -> Option<&str> {
    let markers =
        [" about ", " related to: ", " related to ", " on the topic of ", " on ", " for topic: ", " topic: ", " of "];
    let topic = markers.iter().find_map(|marker| phrase_after(&request.text, &[marker]));
    // "about cats by adding wordplay": the topic ends where the instruction begins.
    let topic = topic.map(|topic| {
        [" by ", " that ", " in the style "].iter().fold(topic, |topic, end| topic.split(end).next().unwrap_or(topic))
    });
    topic.or_else(|| {
        request
            .plain
            .starts_with("and ")
            .then(|| request.text.get("and ".len()..).unwrap_or_default().trim_end_matches(['?', '.', '!']))
    })
}
