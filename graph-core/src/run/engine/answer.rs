//! Answers to a thread's interrupts: checked and saved before any task runs.

use std::future::Future;
use std::sync::Arc;

use super::machine::{AfterSave, Engine, Stage};
use super::task::Lease;
use crate::checkpoint::format::read_value;
use crate::checkpoint::{Remembered, RememberedKind};
use crate::error::{AnswerProblem, Error};
use crate::graph::Graph;
use crate::interrupt::{Answer, AnswerTo, GraphInterrupt as _, Interrupt as _, InterruptId};
use crate::tool::ExternalCall;

impl<G: Graph, F, C> Engine<G, F, C>
where
    F: Future<Output = Box<Lease<G>>> + Send + 'static,
    C: Fn(G::Task, Box<Lease<G>>) -> F + Send,
{
    /// Takes the answers that the run was started with. One that does not fit fails the run, and none is saved.
    pub(super) fn take_answers(&mut self) -> Result<(), Box<Error>> {
        let (answers, mut asked) = (std::mem::take(&mut self.start.answers), std::mem::take(&mut self.cursor.asked));
        let mut taken = Vec::new();
        for answer in answers {
            let place = place::<G>(&answer, &asked).map_err(|problem| self.refused(problem))?;
            let interrupt = asked.remove(place);
            let value = answer.value.map_err(|source| {
                self.refused(AnswerProblem::Unsaved { id: InterruptId::of(interrupt.key), reason: source.to_string() })
            })?;
            let Remembered { task, key, ref name, .. } = *interrupt;
            taken.push(Remembered { task, kind: RememberedKind::Answer, key, name: name.clone(), value });
        }
        self.cursor.asked = asked;
        if let Some(memory) = &self.step.shared.info.memory {
            memory.restore(taken.clone());
        }
        if let Some(journal) = &mut self.journal {
            journal.save_pending(Vec::new(), taken, self.cursor.step);
        }
        self.stage = Stage::Saving(AfterSave::RunStarted);
        Ok(())
    }

    /// The error of an input to a thread that waits for answers.
    #[cold]
    pub(super) fn interrupts_wait(&self) -> Box<Error> {
        let thread = self.step.shared.info.thread_id.as_deref().unwrap_or_default().to_owned();
        let kinds = G::Interrupt::KINDS.iter().map(|kind| kind.name);
        let interrupts = kinds.filter(|name| self.cursor.asked.iter().any(|asked| asked.name == *name)).collect();
        Box::new(Error::InterruptsWait { graph: G::NAME, thread, interrupts })
    }

    fn refused(&self, problem: AnswerProblem) -> Box<Error> {
        let thread = self.step.shared.info.thread_id.as_deref().unwrap_or_default().to_owned();
        Box::new(Error::Answer { graph: G::NAME, thread, problem })
    }
}

/// Which of the interrupts an answer is for.
fn place<G: Graph>(answer: &Answer, asked: &[Arc<Remembered>]) -> Result<usize, AnswerProblem> {
    let is_call = |asked: &Remembered, id: &str| {
        asked.name == ExternalCall::NAME && read_value::<ExternalCall>(&asked.value).is_ok_and(|call| call.id == id)
    };
    let kind = |asked: &Remembered| G::Interrupt::KINDS.iter().find(|kind| kind.name == asked.name);
    match &answer.to {
        AnswerTo::Call(id) => asked
            .iter()
            .position(|asked| is_call(asked, id))
            .ok_or_else(|| AnswerProblem::UnknownCall { id: id.clone() }),
        AnswerTo::TheOnly(name) => {
            let name = *name;
            let mut of_kind = asked.iter().enumerate().filter(|(_, asked)| asked.name == name);
            let Some((place, _)) = of_kind.next() else { return Err(AnswerProblem::NothingAsked { interrupt: name }) };
            let others: Vec<_> = of_kind.map(|(_, asked)| InterruptId::of(asked.key)).collect();
            if others.is_empty() {
                return Ok(place);
            }
            let ids = [InterruptId::of(asked[place].key)].into_iter().chain(others).collect();
            Err(AnswerProblem::Ambiguous { interrupt: name, ids })
        }
        AnswerTo::Id(id) => {
            let id = *id;
            let Some(place) = asked.iter().position(|asked| asked.key == id.key()) else {
                return Err(AnswerProblem::Unknown { id });
            };
            match kind(&asked[place]) {
                Some(kind) if answer.fits(kind) => Ok(place),
                Some(kind) => Err(AnswerProblem::WrongType {
                    id,
                    interrupt: kind.name,
                    answer: answer.answer_name,
                    needed: (kind.answer_name)(),
                }),
                None => Err(AnswerProblem::Unknown { id }),
            }
        }
    }
}
