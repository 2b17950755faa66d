package dev.kontor.query.operations;

import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.query.operations.RebuildRecords.Note;
import dev.kontor.query.platform.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rebuilds of the views that each instance keeps for itself. The instance that receives the request begins at once and
 * counts the request in the notes; the others see the higher count and begin too.
 */
final class LocalViewRebuilds implements Rebuilds {

    private final LocalRebuilds here;
    private final RebuildRecords notes;
    private final List<View> views;
    /** The last request that this instance followed, by view. */
    private final Map<View, Long> followed = new HashMap<>();

    LocalViewRebuilds(LocalRebuilds here, RebuildRecords notes, List<View> views) {
        this.here = here;
        this.notes = notes;
        this.views = views;
    }

    /** Requests from before the start count as followed. */
    synchronized void prepare() {
        for (View view : views) {
            notes.first(view, 0, 0);
            followed.put(view, notes.find(view).orElseThrow().generation());
        }
    }

    @Override
    public synchronized void begin(View view, Plan plan) {
        here.begin(view, plan);
        followed.put(view, notes.requested(view));
    }

    @Override
    public long live(View view) {
        return of(view).generation();
    }

    @Override
    public ViewBuild.Progress of(View view) {
        return here.of(view);
    }

    synchronized void look() {
        notes.all(views).values().forEach(this::follow);
    }

    private void follow(Note note) {
        if (note.generation() > followed.getOrDefault(note.view(), Long.MAX_VALUE)) {
            try {
                here.begin(note.view(), Plan.USUAL);
                followed.put(note.view(), note.generation());
            } catch (RefusedException running) {
                // Followed at a later look: this one began before the request.
                return;
            }
        }
    }
}
