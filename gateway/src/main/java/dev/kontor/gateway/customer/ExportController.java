package dev.kontor.gateway.customer;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/customers")
@Tag(name = "customers")
class ExportController {

    private final ExportDownload export;

    ExportController(ExportDownload export) {
        this.export = export;
    }

    @GetMapping("/me/export")
    @Operation(operationId = "exportOwnData", summary = "Export all of one's own data, as a file")
    @ApiResponse(
            responseCode = "200",
            headers =
                    @Header(
                            name = "Content-Disposition",
                            description = "A file's name",
                            required = true,
                            schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = ExportJson.class)))
    void self(HttpServletResponse response) throws IOException {
        export.send("", response);
    }

    @GetMapping("/{id}/export")
    @Operation(operationId = "exportCustomerData", summary = "For admins: export all data of a customer, as a file")
    @ApiResponse(
            responseCode = "200",
            headers =
                    @Header(
                            name = "Content-Disposition",
                            description = "A file's name",
                            required = true,
                            schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = ExportJson.class)))
    void one(@PathVariable String id, HttpServletResponse response) throws IOException {
        export.send(id, response);
    }
}
