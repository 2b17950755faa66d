package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RefusedException;
import graphql.language.Argument;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import graphql.parser.ParserOptions;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The bounds of a GraphQL document. They are checked before the document is validated, because validation may cost more
 * than execution. A fragment counts wherever it is used, and skipped fields count too. Stops at the first excess, so
 * that the check costs no more than the largest accepted document.
 */
final class GraphQlBounds {

    /** In characters. */
    static final int LONGEST_DOCUMENT = 16_384;

    static final int MOST_TOKENS = 2_000;

    /** Blanks, line breaks, commas and comments. */
    private static final int MOST_WHITESPACE_TOKENS = 10_000;

    /** Levels of fields. */
    static final int DEEPEST = 10;

    /** Levels of fields below {@code __schema} and {@code __type}. */
    static final int DEEPEST_INTROSPECTION = 16;

    /** Fields, fragments and uses of fragments, of all operations together. */
    static final int MOST_SELECTIONS = 600;

    static final int MOST_ALIASES = 30;
    static final int MOST_DIRECTIVES = 50;
    static final int MOST_ROOT_FIELDS = 20;
    static final int MOST_MUTATIONS = 5;

    /** The sum of the page sizes. */
    static final int MOST_ROWS = 1_000;

    /** As the sides. */
    private static final int STANDARD_PAGE = 20;

    private static final String FIRST = "first";

    static final ParserOptions PARSER = ParserOptions.newParserOptions()
            .maxCharacters(LONGEST_DOCUMENT)
            .maxTokens(MOST_TOKENS)
            .maxWhitespaceTokens(MOST_WHITESPACE_TOKENS)
            .maxRuleDepth(200)
            .captureIgnoredChars(false)
            .captureLineComments(false)
            .readerTrackData(false)
            .build();

    private final Map<String, FragmentDefinition> fragments;
    private int selections;
    private int aliases;
    private int directives;

    private GraphQlBounds(Map<String, FragmentDefinition> fragments) {
        this.fragments = fragments;
    }

    /**
     * @param lists the names of the root fields that are lists in pages
     * @throws RefusedException if the document exceeds a bound
     */
    static void check(
            Document document, OperationDefinition chosen, Map<String, Object> variables, List<String> lists) {
        GraphQlBounds bounds = new GraphQlBounds(document.getDefinitionsOfType(FragmentDefinition.class).stream()
                .collect(Collectors.toMap(FragmentDefinition::getName, Function.identity(), (one, other) -> one)));
        for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
            bounds.count(operation.getDirectives());
            operation.getVariableDefinitions().forEach(variable -> bounds.count(variable.getDirectives()));
            bounds.walk(operation.getSelectionSet(), 1, 0, false);
        }
        // A fragment that is not used is validated too.
        bounds.fragments
                .values()
                .forEach(fragment -> bounds.walk(
                        fragment.getSelectionSet(),
                        1,
                        0,
                        fragment.getTypeCondition().getName().startsWith("__")));
        Roots roots = new Roots(bounds.fragments, chosen, variables, lists);
        roots.add(chosen.getSelectionSet());
    }

    private void walk(SelectionSet set, int level, int nesting, boolean isIntrospection) {
        if (set == null) {
            return;
        }
        // Also ends cycles of fragments.
        if (level > (isIntrospection ? DEEPEST_INTROSPECTION : DEEPEST) || nesting > 2 * DEEPEST_INTROSPECTION) {
            throw excess("levels", isIntrospection ? DEEPEST_INTROSPECTION : DEEPEST);
        }
        for (Selection<?> selection : set.getSelections()) {
            if (++selections > MOST_SELECTIONS) {
                throw excess("fields and fragments", MOST_SELECTIONS);
            }
            switch (selection) {
                case Field field -> {
                    count(field.getDirectives());
                    if (field.getAlias() != null && ++aliases > MOST_ALIASES) {
                        throw excess("aliases", MOST_ALIASES);
                    }
                    boolean isAboutTheSchema =
                            isIntrospection || field.getName().startsWith("__");
                    walk(field.getSelectionSet(), level + 1, nesting + 1, isAboutTheSchema);
                }
                case InlineFragment inline -> {
                    count(inline.getDirectives());
                    walk(inline.getSelectionSet(), level, nesting + 1, isIntrospection);
                }
                case FragmentSpread spread -> {
                    count(spread.getDirectives());
                    FragmentDefinition fragment = fragments.get(spread.getName());
                    if (fragment != null) {
                        walk(fragment.getSelectionSet(), level, nesting + 1, isIntrospection);
                    }
                }
                default -> throw new IllegalStateException("An unknown kind of selection");
            }
        }
    }

    private void count(List<Directive> more) {
        directives += more.size();
        if (directives > MOST_DIRECTIVES) {
            throw excess("directives", MOST_DIRECTIVES);
        }
    }

    static RefusedException excess(String what, int most) {
        return RefusedException.invalid("query", "must have at most %,d %s".formatted(most, what));
    }

    /** The root fields of the operation that is executed. */
    private static final class Roots {

        private final Map<String, FragmentDefinition> fragments;
        private final OperationDefinition operation;
        private final Map<String, Object> variables;
        private final List<String> lists;
        private final int most;
        private int fields;
        private long rows;

        Roots(
                Map<String, FragmentDefinition> fragments,
                OperationDefinition operation,
                Map<String, Object> variables,
                List<String> lists) {
            this.fragments = fragments;
            this.operation = operation;
            this.variables = variables;
            this.lists = lists;
            this.most = operation.getOperation() == Operation.MUTATION ? MOST_MUTATIONS : MOST_ROOT_FIELDS;
        }

        /** The walk before has bounded how deeply fragments are nested. */
        void add(SelectionSet set) {
            for (Selection<?> selection : set.getSelections()) {
                switch (selection) {
                    case Field field -> add(field);
                    case InlineFragment inline -> add(inline.getSelectionSet());
                    case FragmentSpread spread -> {
                        FragmentDefinition fragment = fragments.get(spread.getName());
                        if (fragment != null) {
                            add(fragment.getSelectionSet());
                        }
                    }
                    default -> throw new IllegalStateException("An unknown kind of selection");
                }
            }
        }

        private void add(Field field) {
            if (++fields > most) {
                boolean areMutations = operation.getOperation() == Operation.MUTATION;
                throw excess(areMutations ? "mutations" : "root fields", most);
            }
            if (lists.contains(field.getName())) {
                rows += pageSize(field);
                if (rows > MOST_ROWS) {
                    throw excess("rows: the sum of all 'first'", MOST_ROWS);
                }
            }
        }

        /** A value that is no valid size is refused when it is used. */
        private long pageSize(Field list) {
            return list.getArguments().stream()
                    .filter(argument -> argument.getName().equals(FIRST))
                    .map(Argument::getValue)
                    .mapToLong(this::number)
                    .findFirst()
                    .orElse(STANDARD_PAGE);
        }

        private long number(Value<?> value) {
            return switch (value) {
                case IntValue whole ->
                    whole.getValue().min(BigInteger.valueOf(MOST_ROWS + 1)).longValue();
                case VariableReference variable -> number(variable.getName());
                default -> STANDARD_PAGE;
            };
        }

        private long number(String variable) {
            if (variables.containsKey(variable)) {
                return variables.get(variable) instanceof Number given ? given.longValue() : STANDARD_PAGE;
            }
            return operation.getVariableDefinitions().stream()
                    .filter(definition -> definition.getName().equals(variable))
                    .map(VariableDefinition::getDefaultValue)
                    .filter(IntValue.class::isInstance)
                    .mapToLong(this::number)
                    .findFirst()
                    .orElse(STANDARD_PAGE);
        }
    }
}
