package dev.parigot.web.api;

import dev.parigot.app.AppId;
import dev.parigot.app.Apps;
import dev.parigot.user.AppUser;
import dev.parigot.user.Users;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/apps/{app}/users")
@Tag(name = "Users")
class UsersController {
  @Schema(name = "User", description = "A user of an app, who is no account of the platform.")
  record Told(
      @Schema(example = "019c8a7b3c5e9f1d2b3a4c5d6e7f8091") String id,
      @Schema(description = "As the provider knows it.", nullable = true) @Nullable String email,
      @Schema(description = "Whether the provider says that it is his.") boolean emailVerified,
      String name,
      @Schema(
              description = "`password`, or the name of a provider in the manifest.",
              example = "password")
          String provider,
      boolean blocked,
      @Schema(description = "When he was blocked.", nullable = true) @Nullable Instant blockedAt,
      Instant createdAt,
      @Schema(description = "To some minutes; null if he never was.", nullable = true)
          @Nullable Instant lastSeenAt) {}

  @Schema(name = "UserChange")
  record Change(
      @Schema(description = "Whether he is kept out; his sessions end at once.") @NotNull
          Boolean blocked) {}

  private final Apps apps;
  private final Users users;

  UsersController(Apps apps, Users users) {
    this.apps = apps;
    this.users = users;
  }

  @GetMapping
  @Operation(
      summary = "List the users of an app, newest first",
      description = "With `search`, those whose e-mail or name contains it, in whatever case.")
  Listing<Told> list(
      @PathVariable String app,
      @RequestParam(defaultValue = "") String search,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    return Listing.of(
        users.of(app(app, who), search, after, limit + 1),
        limit,
        AppUser::id,
        UsersController::told);
  }

  @GetMapping("/{id}")
  @Operation(summary = "Show a user")
  Told show(
      @PathVariable String app, @PathVariable String id, @AuthenticationPrincipal SignedIn who) {
    return told(users.require(app(app, who), id));
  }

  @PatchMapping("/{id}")
  @Operation(
      summary = "Block a user, or let him in again",
      description = "Who is blocked is signed out at once, and can't sign in.")
  Told change(
      @PathVariable String app,
      @PathVariable String id,
      @Valid @RequestBody Change change,
      @AuthenticationPrincipal SignedIn who) {
    return told(users.setBlocked(app(app, who), id, change.blocked()));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Remove a user",
      description =
          "He is signed out at once. What the app's services have stored about him is theirs; who signs up again is another user.")
  void remove(
      @PathVariable String app, @PathVariable String id, @AuthenticationPrincipal SignedIn who) {
    users.remove(app(app, who), id);
  }

  private AppId app(String name, SignedIn who) {
    return apps.require(who.account().id(), name).id();
  }

  private static Told told(AppUser user) {
    return new Told(
        user.id(),
        user.email(),
        user.emailVerified(),
        user.name(),
        user.provider(),
        user.blocked(),
        user.blockedAt(),
        user.createdAt(),
        user.lastSeenAt());
  }
}
