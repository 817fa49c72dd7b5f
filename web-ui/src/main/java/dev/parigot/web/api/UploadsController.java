package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.artifact.Digest;
import dev.parigot.release.Uploads;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/apps/{app}")
@Tag(name = "Releases")
class UploadsController {
  /** Files of up to 64 MiB that are in memory at a time; they come by way of the disk. */
  private static final int IN_MEMORY = 4;

  private static final String DIGEST = "sha256:[0-9a-f]{64}";

  @Schema(name = "WantedUploads")
  record Wanted(
      @NotNull
          @Size(max = 20_000)
          @Schema(
              description = "Of every file of the release to come.",
              example = "[\"sha256:9f86…\"]")
          List<@NotNull @Pattern(regexp = DIGEST, message = "must be sha256:<hex>") String>
              digests) {}

  @Schema(name = "MissingUploads")
  record Missing(@Schema(description = "Those that have to be sent.") List<String> missing) {}

  private final Apps apps;
  private final Uploads uploads;
  private final Semaphore inMemory = new Semaphore(IN_MEMORY);

  UploadsController(Apps apps, Uploads uploads) {
    this.apps = apps;
    this.uploads = uploads;
  }

  @PostMapping("/uploads")
  @Operation(
      summary = "Ask which files have to be sent",
      description =
          "Files are known by what the app itself was sent or has released, never by what other apps have. What is sent is kept for a day after it was last named here.")
  Missing missing(
      @PathVariable("app") String name,
      @Valid @RequestBody Wanted wanted,
      @AuthenticationPrincipal SignedIn who) {
    App app = apps.require(who.account().id(), name);
    return new Missing(uploads.missing(app.id(), wanted.digests()));
  }

  @PutMapping(value = "/blobs/{digest}", consumes = "application/octet-stream")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Send a file",
      description =
          "64 MiB at most; all that wait for a release of the app 1 GiB. 422 if the bytes have another digest.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = "application/octet-stream",
                      schema = @Schema(type = "string", format = "binary"))))
  void put(
      @PathVariable("app") String name,
      @PathVariable("digest") String text,
      @AuthenticationPrincipal SignedIn who,
      HttpServletRequest request)
      throws IOException {
    App app = apps.require(who.account().id(), name);
    if (!text.matches(DIGEST)) {
      throw new InvalidFields(Map.of("digest", "must be sha256:<hex>"));
    }
    Path file = Files.createTempFile("parigot-upload", null);
    try {
      Files.copy(request.getInputStream(), file, StandardCopyOption.REPLACE_EXISTING);
      inMemory.acquireUninterruptibly();
      try {
        uploads.put(app.id(), Digest.of(text), Files.readAllBytes(file));
      } finally {
        inMemory.release();
      }
    } finally {
      Files.delete(file);
    }
  }
}
