//! A server that sends prepared bytes.
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::StreamExt;
use graph_core::message::{Message, MessageAccumulator, MessageChunk};
use graph_core::model::{ChatModel, ModelError, Prompt};
use graph_models::{OpenAi, OpenAiBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The answer to one connection.
#[derive(Clone, Default)]
pub struct Answer {
    /// The chunks to write, each after a pause.
    pub pieces: Vec<(Duration, Vec<u8>)>,
    /// Whether to reset the connection at the end instead of closing it.
    pub reset: bool,
    /// Whether to keep the connection open in silence.
    pub hang: bool,
}

impl Answer {
    pub fn whole(bytes: impl Into<Vec<u8>>) -> Self {
        Answer { pieces: vec![(Duration::ZERO, bytes.into())], ..Answer::default() }
    }

    /// Splits the bytes into chunks of these sizes, cyclically.
    pub fn pieces(bytes: &[u8], sizes: &[usize]) -> Self {
        let mut rest = bytes;
        let mut pieces = Vec::new();
        for size in sizes.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (piece, tail) = rest.split_at((*size).clamp(1, rest.len()));
            pieces.push((Duration::ZERO, piece.to_vec()));
            rest = tail;
        }
        Answer { pieces, ..Answer::default() }
    }

    /// A stream of these `data` lines, with a blank line after each.
    pub fn events(data: &[&str]) -> Self {
        Answer::whole(events(data))
    }

    /// An answer with this status, further headers and JSON body.
    pub fn status(status: &str, headers: &str, kind: &str, body: &str) -> Self {
        let length = body.len();
        let head =
            format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n");
        Answer::whole(format!("{head}{headers}\r\n{body}"))
    }

    pub fn then_hang(mut self) -> Self {
        self.hang = true;
        self
    }
}

/// The head of an event stream that ends with the connection.
pub const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

pub fn events(data: &[&str]) -> String {
    data.iter().fold(HEAD.to_owned(), |text, data| format!("{text}data: {data}\n\n"))
}

/// A server that answers one connection after the other, repeating the last answer, and records the requests.
pub struct Server {
    pub url: String,
    requests: Arc<Mutex<Vec<String>>>,
    /// The number of connections that the client closed before the server was done.
    pub hung_up: Arc<Mutex<usize>>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    pub async fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let (requests, hung_up) = (Arc::<Mutex<Vec<String>>>::default(), Arc::<Mutex<usize>>::default());
        let (seen, gone) = (requests.clone(), hung_up.clone());
        let task = tokio::spawn(async move {
            for number in 0.. {
                let (stream, _) = listener.accept().await.unwrap();
                let answer = answers[std::cmp::min(number, answers.len() - 1)].clone();
                tokio::spawn(serve(stream, answer, seen.clone(), gone.clone()));
            }
        });
        Server { url, requests, hung_up, task }
    }

    /// The base URL without a path.
    pub fn root(&self) -> &str {
        self.url.trim_end_matches("/v1")
    }

    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    pub fn client(&self) -> OpenAiBuilder {
        OpenAi::builder().base_url(&self.url).model("m").api_key("sk-the-secret-key").max_retries(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, answer: Answer, seen: Arc<Mutex<Vec<String>>>, gone: Arc<Mutex<usize>>) {
    let _ = stream.set_nodelay(true);
    let Ok(request) = read_request(&mut stream).await else { return };
    seen.lock().unwrap().push(request);
    for (pause, piece) in &answer.pieces {
        // tokio's clock has a resolution of a millisecond, so even a zero sleep would take that long.
        if !pause.is_zero() {
            tokio::time::sleep(*pause).await;
        }
        if stream.write_all(piece).await.is_err() {
            *gone.lock().unwrap() += 1;
            return;
        }
        // Let the client read this piece before the next one is sent.
        tokio::task::yield_now().await;
    }
    if answer.hang {
        let mut byte = [0];
        if matches!(stream.read(&mut byte).await, Ok(0) | Err(_)) {
            *gone.lock().unwrap() += 1;
        }
    }
    if answer.reset {
        let _ = stream.set_zero_linger();
    }
}

pub async fn read_request(stream: &mut TcpStream) -> io::Result<String> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let count = stream.read(&mut piece).await?;
        bytes.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return Ok(text);
            }
        }
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

pub fn recording(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/recordings/{name}.raw"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The outcome of a call: its chunks, and its final error.
#[derive(Debug, Default)]
pub struct Outcome {
    pub chunks: Vec<MessageChunk>,
    pub error: Option<ModelError>,
}

impl Outcome {
    pub fn message(&self) -> Message {
        let mut reply = MessageAccumulator::new();
        self.chunks.iter().for_each(|chunk| reply.push(chunk));
        reply.finish()
    }

    /// The message of a successful call: one id, exactly one last chunk, at the end.
    pub fn good(&self) -> Message {
        assert_eq!(self.error, None);
        let last: Vec<bool> = self.chunks.iter().map(MessageChunk::is_last).collect();
        assert!(last.iter().rposition(|last| !last).map_or(0, |at| at + 1) == last.len() - 1, "{last:?}");
        assert!(self.chunks.iter().all(|chunk| !chunk.id().is_empty() && chunk.id() == self.chunks[0].id()));
        self.message()
    }
}

pub async fn call(model: &dyn ChatModel) -> Outcome {
    let mut outcome = Outcome::default();
    match model.generate(Prompt::new("hi")).await {
        Err(error) => outcome.error = Some(error),
        Ok(mut chunks) => {
            while let Some(chunk) = chunks.next().await {
                match chunk {
                    Ok(chunk) => outcome.chunks.push(chunk),
                    Err(error) => {
                        outcome.error = Some(error);
                        assert!(chunks.next().await.is_none(), "an error is the last item");
                        break;
                    }
                }
            }
        }
    }
    outcome
}

/// Answers one call.
pub async fn play(answer: Answer) -> Outcome {
    let server = Server::start(vec![answer]).await;
    call(&server.client().build().unwrap()).await
}
