package dev.parigot.web.api;

import dev.parigot.account.AccessToken;
import dev.parigot.account.AccessTokens;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tokens")
@Tag(name = "Access tokens")
class TokensController {
  @Schema(name = "NewToken")
  record NewToken(@NotBlank @Schema(example = "laptop") String name) {}

  @Schema(name = "CreatedToken")
  record Created(
      @Schema(example = "7") long id,
      @Schema(example = "laptop") String name,
      @Schema(
              description = "The secret. It is shown this once and not kept.",
              example = "parigot_0f3a…")
          String token) {}

  @Schema(name = "Token")
  record Told(
      @Schema(example = "7") long id,
      @Schema(example = "laptop") String name,
      Instant createdAt,
      @Schema(nullable = true) @Nullable Instant lastUsedAt) {}

  private final AccessTokens tokens;

  TokensController(AccessTokens tokens) {
    this.tokens = tokens;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @SecurityRequirement(name = OpenApi.PASSWORD)
  @Operation(
      summary = "Make an access token",
      description = "The only call that takes e-mail and password.")
  Created create(@Valid @RequestBody NewToken request, @AuthenticationPrincipal SignedIn who) {
    AccessToken.Created made = tokens.create(who.account().id(), request.name());
    return new Created(made.id(), made.name(), made.token());
  }

  @GetMapping
  @Operation(summary = "List your access tokens", description = "Without their secrets.")
  Listing<Told> list(
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    return Listing.of(
        tokens.of(who.account().id(), Listing.number(after), limit + 1),
        limit,
        token -> String.valueOf(token.id()),
        token -> new Told(token.id(), token.name(), token.createdAt(), token.lastUsedAt()));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Revoke an access token", description = "It opens nothing from then on.")
  void revoke(@PathVariable long id, @AuthenticationPrincipal SignedIn who) {
    tokens.revoke(who.account().id(), id);
  }
}
