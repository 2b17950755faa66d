package dev.kontor.standalone.tools;

import dev.kontor.standalone.operations.DataFolder;
import dev.kontor.standalone.tools.Line.End;
import dev.kontor.standalone.tools.Line.Header;
import dev.kontor.store.Book;
import dev.kontor.store.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes a log of an exported file again. */
final class ImportTool implements Tool {

    /** What may be in a folder before its log is. */
    private static final Set<String> KEYS = Set.of("keys", "master.key", "signing.key");

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String help() {
        return """
                ./kontor import FILE [--data DIR]

                Makes the log in DIR the one that ./kontor export wrote to FILE: the same events at the same
                positions, with the same name and chain. The file is checked first; DIR is only touched if it
                is whole. Run again after it was broken off, it goes on where it was; until it has ended no
                Kontor starts on DIR.

                  FILE         what ./kontor export wrote
                  --data DIR   a folder that is missing or empty, has nothing but keys, or has a log that
                               is the beginning of the one in FILE   (./data)
                """;
    }

    @Override
    public List<String> operands() {
        return List.of("FILE");
    }

    @Override
    public Outcome run(Arguments arguments, Console console) throws IOException {
        DataFolder data = arguments.data();
        Path file = arguments.path(0);
        try {
            Whole whole = check(file, console);
            LogState there = stateOf(data, whole);
            if (there.isAll(whole.end())) {
                return Outcome.good("Nothing to do: %s has all %,d events of %s already"
                        .formatted(data.root(), whole.end().events(), file));
            }
            Import.into(data, whole.header(), there, whole.end().events(), console)
                    .read(file);
            if (!Files.exists(data.keys())) {
                console.out()
                        .printf(
                                "The keys of personal data are not in an export. Before the first start put keys/ (a backup"
                                        + " has it), master.key and signing.key into %s%n",
                                data.root());
            }
            return Outcome.good("Imported %,d events into %s, chain %s"
                    .formatted(
                            whole.end().events(),
                            data.root(),
                            HexFormat.of().toHexDigits(whole.end().chain())));
        } catch (DamagedExport e) {
            throw new ToolException("%s cannot be imported: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Of a file that was read to its end. */
    private record Whole(Header header, End end) {}

    private static Whole check(Path file, Console console) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ToolException("There is no file %s".formatted(file));
        }
        Progress progress = console.progress("checking", "bytes", Files.size(file));
        try (ExportReader reader = ExportReader.open(file)) {
            byte[] line = reader.nextBytes();
            if (line == null || !(Lines.read(line) instanceof Header header)) {
                throw new DamagedExport("it does not begin as an export does");
            }
            byte[] last = line;
            for (; line != null; line = reader.nextBytes()) {
                last = line;
                progress.at(reader.wholeUpTo());
            }
            if (!(Lines.read(last) instanceof End end)) {
                throw new DamagedExport("it has no end: the export was broken off; run it again");
            }
            return new Whole(header, end);
        }
    }

    /**
     * What log is in the folder.
     *
     * @param head -1 where there is none
     * @param chain at the head
     * @param whole whether a Kontor could start on it
     */
    record LogState(long head, int chain, boolean whole) {

        static final LogState NONE = new LogState(-1, 0, false);

        boolean isAll(End end) {
            return whole && head + 1 == end.events() && chain == end.chain();
        }
    }

    /** @throws ToolException where the folder holds anything that the file's log may not be put to */
    private static LogState stateOf(DataFolder data, Whole file) throws IOException {
        if (Files.exists(data.restoring())) {
            throw new ToolException(
                    "A restore into %s was not finished. Run it again, or take another folder".formatted(data.root()));
        }
        if (!Files.exists(data.book().resolve("CURRENT"))) {
            Set<String> others = new TreeSet<>();
            if (Files.exists(data.root())) {
                try (Stream<Path> present = Files.list(data.root())) {
                    present.map(path -> path.getFileName().toString()).forEach(others::add);
                }
            }
            others.removeAll(KEYS);
            // Opening it was as far as it came.
            others.remove("book");
            if (!others.isEmpty()) {
                throw new ToolException("%s is not empty and has no log: there is %s"
                        .formatted(data.root(), String.join(", ", others)));
            }
            return LogState.NONE;
        }
        if (Book.isInUse(data.book())) {
            throw new ToolException("%s is in use. Stop the Kontor that runs on it first".formatted(data.root()));
        }
        try (LogReader log = LogReader.open(data.book())) {
            if (!log.id().equals(file.header().book())) {
                throw new ToolException("In %s is another log (%s) than in the file (%s)"
                        .formatted(data.root(), log.id(), file.header().book()));
            }
            long head = log.head();
            if (head + 1 > file.end().events()) {
                throw new ToolException("%s has %,d events, more than the %,d in the file"
                        .formatted(data.root(), head + 1, file.end().events()));
            }
            return new LogState(head, head < 0 ? 0 : log.chainAt(head), !log.isUnfinished());
        }
    }
}
