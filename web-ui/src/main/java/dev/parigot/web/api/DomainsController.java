package dev.parigot.web.api;

import dev.parigot.app.App;
import dev.parigot.app.Apps;
import dev.parigot.domain.Domain;
import dev.parigot.domain.Domains;
import dev.parigot.web.DomainOffer;
import dev.parigot.web.security.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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
@RequestMapping("/api/v1/apps/{app}/domains")
@Tag(name = "Domains")
class DomainsController {
  @Schema(name = "NewDomain")
  record NewDomain(
      @NotBlank
          @Schema(description = "In any script; the name alone.", example = "shop.example.org")
          String host) {}

  @Schema(name = "DnsRecord", description = "A record to add where the domain's names are kept.")
  record DnsRecord(
      @Schema(example = "_parigot.shop.example.org") String name,
      @Schema(allowableValues = {"TXT", "CNAME"}) String type,
      @Schema(example = "parigot-5d41402abc4b2a76b9719d911017c592a7d3f0b1") String content) {}

  @Schema(name = "Domain")
  record Told(
      @Schema(description = "In ASCII.", example = "shop.example.org") String host,
      @Schema(
              description =
                  "`waiting` for the record that proves it; `proved`, and served over HTTP alone, as this platform gets no certificates; certificate `pending`; `issued`, served over HTTPS; `failed`: served over HTTP, and the certificate is tried for again.",
              allowableValues = {"waiting", "proved", "pending", "issued", "failed"})
          String state,
      @Schema(description = "Where the app answers under it.") String url,
      @Schema(description = "The record that proves it.") DnsRecord proof,
      @Schema(
              description =
                  "The record that leads to the app; at the top of a domain an ALIAS, or A and AAAA records with the platform's addresses.")
          DnsRecord route,
      @Schema(description = "Why it is not proved, or has no new certificate.", nullable = true)
          @Nullable String reason,
      @Schema(description = "When its record was looked for last.", nullable = true)
          @Nullable Instant checkedAt,
      @Schema(description = "The end of its certificate.", nullable = true)
          @Nullable Instant certificateUntil,
      @Schema(description = "When a certificate is tried for again, or renewed.", nullable = true)
          @Nullable Instant nextTry,
      @Schema(description = "Who added it.", example = "ada@example.org") String by,
      Instant at) {}

  private final Apps apps;
  private final Domains domains;
  private final DomainOffer offer;
  private final Clock clock;

  DomainsController(Apps apps, Domains domains, DomainOffer offer, Clock clock) {
    this.apps = apps;
    this.domains = domains;
    this.offer = offer;
    this.clock = clock;
  }

  @PostMapping
  @Operation(
      summary = "Add a domain",
      description =
          "It is served as soon as `proof` is found, which is looked for without being asked: every 20 seconds at first, every hour at last. 409 if another app serves it, or it is one of the platform's own names.")
  ResponseEntity<Told> add(
      @PathVariable("app") String name,
      @Valid @RequestBody NewDomain wanted,
      @AuthenticationPrincipal SignedIn who) {
    App app = apps.requireProduction(who.account().id(), name);
    Domain made = domains.add(app, wanted.host(), who.account().email());
    return ResponseEntity.created(
            URI.create("/api/v1/apps/" + app.name() + "/domains/" + made.host()))
        .body(told(app, made));
  }

  @GetMapping
  @Operation(summary = "List the domains in the order in which they were added")
  Listing<Told> list(
      @PathVariable("app") String name,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
      @AuthenticationPrincipal SignedIn who) {
    App app = apps.requireProduction(who.account().id(), name);
    return Listing.of(
        domains.of(app.id(), Listing.number(after), limit + 1),
        limit,
        domain -> String.valueOf(domain.id()),
        domain -> told(app, domain));
  }

  @GetMapping("/{host}")
  @Operation(summary = "Show a domain")
  Told get(
      @PathVariable("app") String name,
      @PathVariable String host,
      @AuthenticationPrincipal SignedIn who) {
    App app = apps.requireProduction(who.account().id(), name);
    return told(app, domains.require(app, host));
  }

  @PostMapping("/{host}/verify")
  @Operation(
      summary = "Look for a domain's record now",
      description =
          "Answers how it then stands. Of a domain that is proved, a certificate that could not be had is tried for again soon.")
  Told verify(
      @PathVariable("app") String name,
      @PathVariable String host,
      @AuthenticationPrincipal SignedIn who) {
    App app = apps.requireProduction(who.account().id(), name);
    return told(app, domains.verify(app, host));
  }

  @DeleteMapping("/{host}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Remove a domain", description = "With its certificate.")
  void remove(
      @PathVariable("app") String name,
      @PathVariable String host,
      @AuthenticationPrincipal SignedIn who) {
    domains.remove(apps.requireProduction(who.account().id(), name), host);
  }

  private Told told(App app, Domain domain) {
    Instant now = clock.instant();
    String failure = domain.certification().failure();
    return new Told(
        domain.host().value(),
        offer.state(domain, now).name().toLowerCase(Locale.ROOT),
        offer.address(domain, now),
        new DnsRecord(domain.recordName(), "TXT", domain.token()),
        new DnsRecord(domain.host().value(), "CNAME", offer.target(app.name())),
        domain.isProved() ? failure : domain.finding(),
        domain.checked(),
        domain.certification().notAfter(),
        offer.certifies() ? domain.certification().nextTry() : null,
        domain.by(),
        domain.at());
  }
}
