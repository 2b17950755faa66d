package dev.kontor.query;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import org.bson.BsonDocument;

/** Records the last queries of the view store. */
public final class Finds implements CommandListener {

    private static final int MOST = 1_000;

    private final BlockingDeque<BsonDocument> last = new LinkedBlockingDeque<>();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (event.getCommandName().equals("find")) {
            last.add(event.getCommand().clone());
            if (last.size() > MOST) {
                last.poll();
            }
        }
    }

    public void forget() {
        last.clear();
    }

    /** The filters of queries of this collection. */
    public List<BsonDocument> of(String collection) {
        return last.stream()
                .filter(command -> command.getString("find").getValue().equals(collection))
                .map(command -> command.getDocument("filter", new BsonDocument()))
                .toList();
    }
}
