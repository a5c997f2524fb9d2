using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Dapr.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace EmbeddedDapr.Invocation;

/// <summary>Authenticates a request by the app token in <c>dapr-api-token</c>. Without a configured token nobody is authenticated.</summary>
internal sealed class AppTokenAuthenticationHandler(
    IOptionsMonitor<DaprAuthenticationOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<DaprAuthenticationOptions>(options, logger, encoder)
{
    public const string SchemeName = "Dapr";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Judge());

    private AuthenticateResult Judge()
    {
        if (!Request.Headers.TryGetValue(InProcessChannel.TokenHeader, out StringValues shown))
        {
            return AuthenticateResult.NoResult();
        }

        if (string.IsNullOrWhiteSpace(Options.Token))
        {
            return AuthenticateResult.Fail("No app token is configured.");
        }

        // In constant time: the answer's delay must not say how much of a guess was right.
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown.ToString()), Encoding.UTF8.GetBytes(Options.Token)))
        {
            return AuthenticateResult.Fail("The app token is wrong.");
        }

        ClaimsIdentity identity = new([new Claim(ClaimTypes.NameIdentifier, SchemeName)], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}
