package dev.parigot.web.api;

import dev.parigot.web.problem.ProblemBody;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** What the description of the API says beside what the controllers say themselves. */
public final class OpenApi implements OpenApiCustomizer {
  static final String TOKEN = "accessToken";
  static final String PASSWORD = "password";

  @Override
  public void customise(OpenAPI api) {
    api.info(
            new Info()
                .title("Parigot")
                .version("v1")
                .description(
                    "The platform's REST API. Lists are paged with `after` and `limit`; every error is application/problem+json.")
                .license(
                    new License()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0")))
        .servers(List.of(new Server().url("/")))
        .addSecurityItem(new SecurityRequirement().addList(TOKEN));
    api.getComponents()
        .addSecuritySchemes(
            TOKEN,
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("An access token, made by POST /api/v1/tokens or in the console."))
        .addSecuritySchemes(
            PASSWORD,
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("basic")
                .description("E-mail and password; for making a token only."));
    ModelConverters.getInstance()
        .read(ProblemBody.class)
        .forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
    api.getPaths().values().forEach(path -> path.readOperations().forEach(OpenApi::tellProblems));
  }

  private static void tellProblems(Operation operation) {
    operation
        .getResponses()
        .addApiResponse(
            "default",
            new ApiResponse()
                .description("A problem.")
                .content(
                    new Content()
                        .addMediaType(
                            "application/problem+json",
                            new MediaType()
                                .schema(new Schema<>().$ref("#/components/schemas/Problem")))));
  }
}
