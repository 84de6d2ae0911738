using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Postern.Authenticators.Sms;

/// <summary>One message as the provider of a stage wants it.</summary>
static class SmsRequest
{
    const string Twilio = "https://api.twilio.com/2010-04-01/Accounts";

    public static HttpRequestMessage Of(SmsStage stage, string to, string text) => stage.Provider switch
    {
        SmsProvider.Twilio => new HttpRequestMessage(HttpMethod.Post, $"{Twilio}/{Uri.EscapeDataString(stage.AccountSid)}/Messages.json")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["From"] = stage.FromNumber, ["To"] = to, ["Body"] = text }),
            Headers = { Authorization = Basic(stage.AccountSid, stage.Auth) },
        },
        _ => new HttpRequestMessage(HttpMethod.Post, stage.AccountSid)
        {
            Content = new StringContent(Body(stage, to, text).ToJsonString(), Encoding.UTF8, "application/json"),
            Headers = { Authorization = stage.AuthType is SmsAuthType.Bearer ? new AuthenticationHeaderValue("Bearer", stage.Auth) : Basic(stage.Auth, stage.AuthPassword) },
        },
    };

    static JsonObject Body(SmsStage stage, string to, string text) => new() { ["From"] = stage.FromNumber, ["To"] = to, ["Body"] = text, ["Message"] = text };

    static AuthenticationHeaderValue Basic(string name, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
}
