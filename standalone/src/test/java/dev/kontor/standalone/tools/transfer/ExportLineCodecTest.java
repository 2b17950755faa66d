package dev.kontor.standalone.tools.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.standalone.tools.console.DamagedExport;
import dev.kontor.standalone.tools.transfer.ExportLine.End;
import dev.kontor.standalone.tools.transfer.ExportLine.Event;
import dev.kontor.standalone.tools.transfer.ExportLine.Header;
import dev.kontor.standalone.tools.transfer.ExportLine.Mark;
import dev.kontor.standalone.tools.transfer.ExportLine.Row;
import dev.kontor.store.LoggedEvent;
import dev.kontor.store.LoggedRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ExportLineCodecTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ExportLine line) {
        return new String(ExportLineCodec.write(line), StandardCharsets.UTF_8);
    }

    private static LoggedEvent readBack(LoggedEvent event) {
        return ((Event) ExportLineCodec.read(ExportLineCodec.write(new Event(event)))).event();
    }

    @Test
    void an_event_is_readable_by_any_json_parser() {
        assertThat(text(new Event(LogSetup.event(4, utf8("{\"note\": 1}")))))
                .isEqualTo("{\"position\":4,\"id\":\"event-4\",\"time\":\"2023-11-14T22:13:24.123456789Z\","
                        + "\"aggregateType\":\"Note\",\"aggregateId\":\"note-1\",\"sequence\":4,"
                        + "\"type\":\"test.Noted\",\"revision\":\"1\",\"metadata\":{},\"payload\":{\"note\": 1}}");
    }

    static Stream<byte[]> stored() {
        return Stream.of(
                utf8("{\"a\":1}"),
                utf8("{ \"spaces\" :  [ 1.50 , 1e3, -0 ] }"),
                utf8("[\"ä€😀\\u00e4\\n\\\"\"]"),
                utf8("[".repeat(499) + "]".repeat(499)),
                utf8("[".repeat(500) + "]".repeat(500)),
                utf8("{\"lines\":\n1}"),
                utf8(" {}"),
                utf8("{} "),
                utf8("{}{}"),
                utf8("{"),
                utf8("{]"),
                utf8("\"text\""),
                utf8("12"),
                utf8("{\"long\":\"" + "x".repeat(300_000) + "\"}"),
                new byte[0],
                new byte[] {'[', '"', (byte) 0xC3, '"', ']'},
                new byte[] {0, 1, 2, (byte) 0xFF});
    }

    @ParameterizedTest
    @MethodSource("stored")
    void every_stored_event_is_one_line_and_read_back_byte_for_byte(byte[] stored) {
        for (long position : new long[] {0, 1, 6}) {
            LoggedEvent event = LogSetup.event(position, stored);
            byte[] line = ExportLineCodec.write(new Event(event));

            assertThat(line).doesNotContain('\n');
            assertThat(new JsonMapper().readTree(line).isObject()).isTrue();
            assertThat(readBack(event)).usingRecursiveComparison().isEqualTo(event);
        }
    }

    @Test
    void json_is_exported_as_json_and_the_rest_in_base64() {
        assertThat(text(new Event(LogSetup.event(1, utf8("[\"ä\"]"))))).endsWith(",\"payload\":[\"ä\"]}");
        assertThat(text(new Event(LogSetup.event(1, utf8("[\n]"))))).endsWith(",\"payloadBase64\":\"Wwpd\"}");
    }

    @Test
    void every_kind_of_line_is_read_back() {
        for (ExportLine line : new ExportLine[] {
            new Header("some log", "1.0", Instant.parse("2026-01-02T03:04:05Z")),
            new Mark(10_000, 0xFFFF_FFFF),
            new Mark(1, 7),
            new End(0, 3, 0)
        }) {
            assertThat(ExportLineCodec.read(ExportLineCodec.write(line))).isEqualTo(line);
        }
        Row row = new Row(new LoggedRow("tokens", "a/0", new byte[] {1, 0, -1}));
        assertThat(ExportLineCodec.read(ExportLineCodec.write(row)))
                .usingRecursiveComparison()
                .isEqualTo(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{} {}",
                "nonsense",
                "{\"position\":1}",
                "{\"id\":\"x\",\"position\":1,\"type\":\"t\",\"time\":\"yesterday\",\"payload\":{},\"metadata\":{}}",
                "{\"id\":\"x\",\"position\":1,\"type\":\"t\",\"time\":\"2026-01-02T03:04:05Z\",\"metadata\":{}}",
                "{\"events\":1,\"chain\":\"xyz\"}",
                "{\"events\":\"one\",\"chain\":\"00000000\"}",
                "{\"format\":\"something-else\",\"version\":1,\"log\":\"x\",\"kontor\":\"1\",\"time\":\"2026-01-02T03:04:05Z\"}",
                "{\"format\":\"kontor-log\",\"version\":2,\"log\":\"x\",\"kontor\":\"1\",\"time\":\"2026-01-02T03:04:05Z\"}",
                "{\"column\":\"tokens\",\"key\":\"k\"}",
                "{\"surprise\":1}"
            })
    void other_lines_are_refused(String line) {
        assertThatThrownBy(() -> ExportLineCodec.read(utf8(line))).isInstanceOf(DamagedExport.class);
    }
}
