package dev.kontor.bench.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What processes have used since their start, as the operating system counts it.
 *
 * @param cpuNanos of all threads, also of children that have ended
 * @param memoryBytes now; memory that processes share counts once. 0 where there is no /proc
 * @param writtenBytes handed to the disk; 0 where there is no /proc
 */
record ProcessUsage(long cpuNanos, long memoryBytes, long writtenBytes) {

    private static final Path PROC = Path.of("/proc");
    /** What /proc counts in, on every Linux. */
    private static final long TICK_NANOS = 10_000_000;
    /** The fields of a stat line after the name of the program, from the third one on. */
    private static final int USER = 11;

    private static final int CHILDRENS_SYSTEM = 14;

    /** Of a process and all that it has started. */
    static ProcessUsage of(ProcessHandle root) {
        List<ProcessHandle> processes =
                Stream.concat(Stream.of(root), root.descendants()).toList();
        return new ProcessUsage(
                processes.stream().mapToLong(ProcessUsage::cpu).sum(),
                processes.stream()
                        .mapToLong(process -> field(process, "smaps_rollup", "Pss:") * 1_024)
                        .sum(),
                processes.stream()
                        .mapToLong(process -> field(process, "io", "write_bytes:"))
                        .sum());
    }

    ProcessUsage plus(ProcessUsage other) {
        return new ProcessUsage(
                cpuNanos + other.cpuNanos, memoryBytes + other.memoryBytes, writtenBytes + other.writtenBytes);
    }

    /** The processor time of this process alone, in nanoseconds: the shops are its children. */
    static long ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    /**
     * The processor time of the threads of a JVM's JIT compiler, in nanoseconds; 0 where there is no /proc. Threads that
     * have ended do not count: the JVM ends additional ones when they have no work.
     */
    static long compilerCpu(ProcessHandle jvm) {
        Path threads = PROC.resolve(Long.toString(jvm.pid())).resolve("task");
        if (!Files.isDirectory(threads)) {
            return 0;
        }
        try (Stream<Path> each = Files.list(threads)) {
            return each.flatMap(ProcessUsage::statOfThread)
                    .filter(ProcessUsage::isCompiler)
                    .mapToLong(ProcessUsage::cpu)
                    .sum();
        } catch (IOException e) {
            throw new IllegalStateException("The threads of process %d cannot be read".formatted(jvm.pid()), e);
        }
    }

    /** None if the thread has ended: reading then fails in more than one way. */
    private static Stream<String> statOfThread(Path thread) {
        try {
            return Files.readAllLines(thread.resolve("stat")).stream();
        } catch (IOException ended) {
            return Stream.empty();
        }
    }

    /** @param stat of a thread, with its name: {@code C1 CompilerThre} */
    static boolean isCompiler(String stat) {
        return stat.contains("(C1 Compiler") || stat.contains("(C2 Compiler");
    }

    private static long cpu(ProcessHandle process) {
        return lines(process, "stat")
                .map(ProcessUsage::cpu)
                .findFirst()
                .orElseGet(() ->
                        process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L));
    }

    /** @param stat proc_pid_stat(5); the name of the program may contain spaces and parentheses */
    static long cpu(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = USER; field <= CHILDRENS_SYSTEM; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks * TICK_NANOS;
    }

    private static long field(ProcessHandle process, String file, String name) {
        return lines(process, file)
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    /** None where there is no /proc, or the process has ended. */
    private static Stream<String> lines(ProcessHandle process, String file) {
        try {
            return Files.readAllLines(PROC.resolve(Long.toString(process.pid())).resolve(file)).stream();
        } catch (NoSuchFileException e) {
            return Stream.empty();
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new IllegalStateException("The use of process %d cannot be read".formatted(process.pid()), e);
            }
            return Stream.empty();
        }
    }
}
