package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import graphql.parser.exceptions.ParseCancelledTooManyCharsException;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import java.util.List;
import java.util.Locale;

/**
 * A document that is within its bounds, and its operation that is executed.
 *
 * @param errors of its validation; it is executed only without any
 */
record GraphQlDocument(Document document, OperationDefinition operation, List<? extends GraphQLError> errors) {

    /** @throws RefusedException if the document cannot be parsed or exceeds a bound */
    static GraphQlDocument of(GraphQlBody body, GraphQLSchema schema) {
        if (body.query() == null) {
            throw RefusedException.invalid("query", "is needed");
        }
        if (body.query().length() > GraphQlBounds.LONGEST_DOCUMENT) {
            throw GraphQlBounds.excess("characters", GraphQlBounds.LONGEST_DOCUMENT);
        }
        Document document = parsed(body.query());
        OperationDefinition operation = operation(document, body.operationName());
        List<String> lists = schema.getQueryType().getFieldDefinitions().stream()
                .filter(field -> field.getType() instanceof GraphQLNamedType type
                        && type.getName().endsWith("Connection"))
                .map(field -> field.getName())
                .toList();
        GraphQlBounds.check(document, operation, body.variables(), lists);
        return new GraphQlDocument(document, operation, ParseAndValidate.validate(schema, document, Locale.ENGLISH));
    }

    /** Parses a text once more that has passed all checks. */
    static GraphQlDocument again(GraphQlBody body) {
        Document document = parsed(body.query());
        return new GraphQlDocument(document, operation(document, body.operationName()), List.of());
    }

    private static Document parsed(String text) {
        try {
            return Parser.parse(ParserEnvironment.newParserEnvironment()
                    .document(text)
                    .parserOptions(GraphQlBounds.PARSER)
                    .locale(Locale.ENGLISH)
                    .build());
        } catch (ParseCancelledTooDeepException deep) {
            throw GraphQlBounds.excess("levels", GraphQlBounds.DEEPEST);
        } catch (ParseCancelledTooManyCharsException large) {
            throw GraphQlBounds.excess("characters", GraphQlBounds.LONGEST_DOCUMENT);
        } catch (ParseCancelledException large) {
            throw GraphQlBounds.excess("tokens", GraphQlBounds.MOST_TOKENS);
        } catch (InvalidSyntaxException invalid) {
            String place = invalid.getLocation() == null
                    ? ""
                    : " at line %d, column %d"
                            .formatted(
                                    invalid.getLocation().getLine(),
                                    invalid.getLocation().getColumn());
            throw new RefusedException(Problem.MALFORMED_REQUEST, "The query is not valid GraphQL" + place);
        }
    }

    private static OperationDefinition operation(Document document, String name) {
        List<OperationDefinition> operations = document.getDefinitionsOfType(OperationDefinition.class);
        if (name == null || name.isEmpty()) {
            if (operations.size() != 1) {
                throw RefusedException.invalid("operationName", "is needed unless there is exactly one operation");
            }
            return operations.getFirst();
        }
        return operations.stream()
                .filter(operation -> name.equals(operation.getName()))
                .findFirst()
                .orElseThrow(() -> RefusedException.invalid("operationName", "is not in the query"));
    }
}
