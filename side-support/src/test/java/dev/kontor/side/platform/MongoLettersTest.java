package dev.kontor.side.platform;

import dev.kontor.testsupport.MemoryMongo;
import org.junit.jupiter.api.AutoClose;

class MongoLettersTest extends LetterStoreContract {

    @AutoClose
    private final MemoryMongo mongo = new MemoryMongo();

    @Override
    protected LetterStore open() {
        MongoLetters letters = new MongoLetters(mongo.database(), "view_letters");
        letters.prepare();
        return letters;
    }

    @Override
    protected LetterStore reopen() {
        return open();
    }
}
