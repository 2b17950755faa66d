package dev.kontor.query.platform;

import dev.kontor.side.platform.LetterStore;
import dev.kontor.side.platform.StoredLetter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dead letters of each view where the view is. */
final class ViewLetters implements LetterStore {

    private final LetterStore stored;
    private final Map<String, LetterStore> locals;

    /** @param locals the stores of the local views by their names */
    ViewLetters(LetterStore stored, Map<String, LetterStore> locals) {
        this.stored = stored;
        this.locals = Map.copyOf(locals);
    }

    private LetterStore of(String queue) {
        return locals.getOrDefault(queue, stored);
    }

    @Override
    public Optional<Sequence> sequence(String queue, String sequence) {
        return of(queue).sequence(queue, sequence);
    }

    @Override
    public Map<String, Sequence> sequences(String queue) {
        return of(queue).sequences(queue);
    }

    @Override
    public List<StoredLetter> read(String queue, String sequence, long after, int most) {
        return of(queue).read(queue, sequence, after, most);
    }

    @Override
    public void put(StoredLetter letter) {
        of(letter.key().queue()).put(letter);
    }

    @Override
    public void remove(StoredLetter.Key key) {
        of(key.queue()).remove(key);
    }

    @Override
    public void clear(String queue) {
        of(queue).clear(queue);
    }
}
