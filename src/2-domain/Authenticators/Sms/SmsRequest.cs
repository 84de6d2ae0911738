using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Postern.Authenticators.Sms;

/// <summary>One message as the provider of a stage wants it.</summary>
static class SmsRequest
{
    const string Twilio = "https://api.twilio.com/2010-04-01/Accounts";

    /// <summary>What a provider is sent: Twilio a text, another its JSON. <paramref name="made"/> is what the stage's mapping returned; null without one.</summary>
    public static string Content(SmsStage stage, string to, string code, JsonNode? made)
    {
        var text = $"Your code to sign in: {code}";
        return stage.Provider is SmsProvider.Twilio
            ? (made as JsonObject)?["message"]?.ToString() ?? text
            : (made ?? new JsonObject { ["From"] = stage.FromNumber, ["To"] = to, ["Body"] = text, ["Message"] = text }).ToJsonString();
    }

    public static HttpRequestMessage Of(SmsStage stage, string to, string content) => stage.Provider switch
    {
        SmsProvider.Twilio => new HttpRequestMessage(HttpMethod.Post, $"{Twilio}/{Uri.EscapeDataString(stage.AccountSid)}/Messages.json")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["From"] = stage.FromNumber, ["To"] = to, ["Body"] = content }),
            Headers = { Authorization = Basic(stage.AccountSid, stage.Auth) },
        },
        _ => new HttpRequestMessage(HttpMethod.Post, stage.AccountSid)
        {
            Content = new StringContent(content, Encoding.UTF8, "application/json"),
            Headers = { Authorization = stage.AuthType is SmsAuthType.Bearer ? new AuthenticationHeaderValue("Bearer", stage.Auth) : Basic(stage.Auth, stage.AuthPassword) },
        },
    };

    static AuthenticationHeaderValue Basic(string name, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
}
