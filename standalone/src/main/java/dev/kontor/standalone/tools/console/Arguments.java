package dev.kontor.standalone.tools.console;

import dev.kontor.grpc.platform.StartException;
import dev.kontor.standalone.platform.DataFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The arguments of a tool. A value is given as {@code --name=value} or as {@code --name value}. */
public final class Arguments {

    private static final String DATA = "data";
    private static final String HELP = "help";

    private final List<String> operands = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>();
    private final Set<String> flags = new HashSet<>();

    private Arguments() {}

    /** @throws UsageException for an unknown or missing argument */
    public static Arguments parse(Tool tool, List<String> given) {
        Arguments parsed = new Arguments();
        for (int i = 0; i < given.size(); i++) {
            String argument = given.get(i);
            if (!argument.startsWith("--")) {
                refuseShort(tool, argument);
                parsed.operands.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            if (name.equals(HELP) || tool.flags().contains(name)) {
                if (equals >= 0) {
                    throw new UsageException("--%s takes no value".formatted(name));
                }
                parsed.flags.add(name);
            } else if (name.equals(DATA) || tool.options().contains(name)) {
                if (equals < 0 && ++i == given.size()) {
                    throw new UsageException("--%s needs a value".formatted(name));
                }
                parsed.options.put(name, equals < 0 ? given.get(i) : argument.substring(equals + 1));
            } else {
                throw new UsageException("%s does not know --%s".formatted(tool.name(), name));
            }
        }
        if (!parsed.wantsHelp()) {
            parsed.refuseWrongOperands(tool);
        }
        return parsed;
    }

    /** Without this {@code backup -h} would write a backup into a folder named {@code -h}. */
    private static void refuseShort(Tool tool, String argument) {
        if (argument.startsWith("-")) {
            throw new UsageException("%s does not know %s; a file or folder of that name is ./%s"
                    .formatted(tool.name(), argument, argument));
        }
    }

    private void refuseWrongOperands(Tool tool) {
        List<String> wanted = tool.operands();
        if (operands.size() < wanted.size()) {
            throw new UsageException("%s needs %s".formatted(tool.name(), wanted.get(operands.size())));
        }
        if (operands.size() > wanted.size()) {
            throw new UsageException(
                    "%s does not take an argument '%s'".formatted(tool.name(), operands.get(wanted.size())));
        }
    }

    public boolean wantsHelp() {
        return flags.contains(HELP);
    }

    public boolean has(String flag) {
        return flags.contains(flag);
    }

    public String operand(int index) {
        return operands.get(index);
    }

    public Path path(int operand) {
        return absolute(operands.get(operand));
    }

    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /**
     * The data folder, existing or not: {@code ./data} unless an option, {@code -Dkontor.data} or {@code KONTOR_DATA}
     * names another, as for the server.
     */
    public DataFolder data() {
        String byEnvironment = System.getenv().getOrDefault("KONTOR_DATA", "data");
        String bySettings = System.getProperty("kontor.data", byEnvironment);
        DataFolder data = new DataFolder(absolute(options.getOrDefault(DATA, bySettings)));
        try {
            data.refuseEarlierVersion();
        } catch (StartException e) {
            throw new ToolException(e.getMessage(), e);
        }
        return data;
    }

    public static Path absolute(String path) {
        try {
            return DataFolder.path(path);
        } catch (StartException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
