package dev.kontor.query.operations;

import dev.kontor.query.operations.RebuildRecords.Note;
import dev.kontor.query.operations.RebuildRecords.Step;
import dev.kontor.query.platform.View;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The progress of builds that several instances feed: all report the same, from the notes and the stored tokens. */
final class SharedProgress {

    private static final Logger log = LoggerFactory.getLogger(SharedProgress.class);

    private final RebuildRecords notes;
    private final Processors processors;

    SharedProgress(RebuildRecords notes, Processors processors) {
        this.notes = notes;
        this.processors = processors;
    }

    /** A complete build is done once its rate is noted: from then on all instances report the same. */
    ViewBuild.Progress of(View view) {
        Note note = noteOf(view);
        if (note.step() == Step.READING && done(note) >= note.total()) {
            endWhereDone(note);
            note = noteOf(view);
        }
        return switch (note.step()) {
            case STOPPING -> progress(note, ViewBuild.State.RUNNING, 0, 0);
            case READING -> {
                long done = done(note);
                yield progress(note, ViewBuild.State.RUNNING, done, notes.rate(note, done));
            }
            case DONE -> progress(note, ViewBuild.State.DONE, note.done(), note.eventsPerSecond());
            case FAILED -> progress(note, ViewBuild.State.FAILED, note.done(), note.eventsPerSecond());
        };
    }

    private static ViewBuild.Progress progress(Note note, ViewBuild.State state, long done, long eventsPerSecond) {
        return new ViewBuild.Progress(note.generation(), state, note.from(), done, note.total(), eventsPerSecond);
    }

    private long done(Note note) {
        return Math.clamp(processors.position(note.view()), note.from(), Math.max(note.from(), note.total()));
    }

    /** Notes what the first build has to read, if there is no note yet. */
    Note noteOf(View view) {
        return notes.find(view).orElseGet(() -> {
            long head = processors.head();
            notes.first(view, Math.min(processors.storedPosition(view), head), head);
            return notes.find(view).orElseThrow();
        });
    }

    void endWhereDone(Note note) {
        if (note.step() == Step.READING
                && done(note) >= note.total()
                && notes.end(note, Step.DONE, note.total())
                && note.generation() > 1) {
            log.info(
                    "view {}: rebuilt from {} events, {} events/s",
                    note.view().name(),
                    note.total(),
                    notes.rate(note, note.total()));
        }
    }
}
