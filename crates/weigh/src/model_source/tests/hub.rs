//! The hub's client against a server of our own: whole, resumed, cut, wrong.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;

use super::*;

/// How the server answers one request.
enum Answer {
    /// The file from where the request asks for it.
    Rest,
    /// The whole file, whatever the request asks for.
    Whole,
    /// So many bytes, then the connection is cut.
    Cut(usize),
    /// The file and more.
    Longer,
    /// No such file.
    Absent,
}

/// Serves `body`, one answer for each connection. The heads of the requests come back.
fn serve(body: Vec<u8>, answers: Vec<Answer>) -> (String, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, heads) = mpsc::channel();
    thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let head: Vec<String> = lines
                .map(Result::unwrap)
                .take_while(|l| !l.is_empty())
                .collect();
            let from = head
                .iter()
                .find_map(|l| {
                    l.to_lowercase()
                        .strip_prefix("range: bytes=")?
                        .strip_suffix('-')?
                        .parse()
                        .ok()
                })
                .unwrap_or(0_usize);
            let (status, content, length) = match answer {
                Answer::Rest if from > 0 => ("206 Partial Content", body[from..].to_vec(), None),
                Answer::Rest | Answer::Whole => ("200 OK", body.clone(), None),
                Answer::Cut(at) => ("200 OK", body[..at].to_vec(), Some(body.len())),
                Answer::Longer => ("200 OK", [&body[..], b"more"].concat(), None),
                Answer::Absent => ("404 Not Found", Vec::new(), None),
            };
            let length = length.unwrap_or(content.len());
            let reply = format!(
                "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
            );
            stream.write_all(reply.as_bytes()).unwrap();
            stream.write_all(&content).unwrap();
            sender.send(head.join("\n")).unwrap();
        }
    });
    (address, heads)
}

fn recipe() -> Recipe {
    recipe_of(
        "hubbed",
        &[("model.gguf", &whole())],
        "[[sources]]\nkind = \"hub\"\nrepository = \"a/b\"\nrevision = \"v1\"\n",
    )
}

/// A machine whose hub is the server, and what the hub was asked.
fn with_hub(body: Vec<u8>, answers: Vec<Answer>) -> (Machine, mpsc::Receiver<String>) {
    let mut machine = Machine::new();
    let (address, heads) = serve(body, answers);
    machine.settings.hub_endpoint = address;
    machine.settings.hub_token = Some("secret".to_owned());
    (machine, heads)
}

#[test]
fn a_file_is_fetched_once() {
    let (machine, heads) = with_hub(whole(), vec![Answer::Whole]);
    let model = pull(&recipe(), &machine.settings, &mut quiet).unwrap();
    assert_eq!(fs::read(&model.path).unwrap(), whole());
    assert_eq!(model.from, "hub a/b at v1");
    let head = heads.recv().unwrap().to_lowercase();
    assert!(
        head.starts_with("get /a/b/resolve/v1/model.gguf "),
        "{head}"
    );
    assert!(head.contains("authorization: bearer secret"), "{head}");
    // The server is gone: a second request would fail.
    assert!(
        !pull(&recipe(), &machine.settings, &mut quiet)
            .unwrap()
            .fetched
    );
}

#[test]
fn a_cut_download_goes_on_where_it_ended() {
    for (second, from) in [(Answer::Rest, "bytes=9-"), (Answer::Whole, "bytes=9-")] {
        let (machine, heads) = with_hub(whole(), vec![Answer::Cut(9), second]);
        let fault = pull(&recipe(), &machine.settings, &mut quiet).unwrap_err();
        let answer = &fault.tried[2].answer;
        assert!(answer.contains("the next try goes on there"), "{answer}");
        let model = pull(&recipe(), &machine.settings, &mut quiet).unwrap();
        assert_eq!(fs::read(model.path).unwrap(), whole());
        assert!(!heads.recv().unwrap().contains("bytes="));
        assert!(heads.recv().unwrap().contains(from));
    }
}

#[test]
fn other_bytes_are_refused_and_removed() {
    let mut other = whole();
    other[0] ^= 1;
    let answers = vec![Answer::Whole, Answer::Longer, Answer::Absent];
    let (machine, _heads) = with_hub(other, answers);
    let expect = |text: &str| {
        let fault = pull(&recipe(), &machine.settings, &mut quiet).unwrap_err();
        let answer = &fault.tried[2].answer;
        assert!(answer.contains(text), "{answer}");
        let left = fs::read_dir(machine.at("cache/partial/hubbed")).unwrap();
        let left = left.map(|entry| entry.unwrap().metadata().unwrap().len());
        assert_eq!(left.sum::<u64>(), 0, "{text}");
    };
    expect("has sha256");
    expect("31 bytes came, 30 are expected");
    expect("404");
}
