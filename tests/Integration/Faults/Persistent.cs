using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Integration.Flows;

namespace Postern.Tests.Integration.Faults;

/// <summary>People who try again when a page does not come, each time in a new window, until they are told that they are in.</summary>
static class Persistent
{
    public const string Done = "xak-flow-redirect";

    const int Patience = 400;

    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(50);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What a step answers; null where no answer came, or none of a flow.</summary>
    public static async Task<JsonObject?> TryAsync(Func<Task<JsonObject>> step)
    {
        try
        {
            return await step() is { } answer && answer.ContainsKey("component") ? answer : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or NullReferenceException && !Cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>A browser in which somebody was told that they are signed in.</summary>
    public static async Task<Visitor> SignInAsync(Uri address, string username)
    {
        for (var attempt = 0; attempt < Patience; attempt++)
        {
            var visitor = new Visitor(address);
            if ((await TryAsync(() => visitor.SignInAsync(username)))?.Component() == Done)
                return visitor;
            visitor.Dispose();
            await Task.Delay(pause, Cancellation);
        }
        throw new TimeoutException($"{username} never got in");
    }

    /// <summary>A browser in which somebody was told that they enrolled; or, where that answer was lost, signed in with the account that was made.</summary>
    public static async Task<Visitor> EnrolAsync(Uri address, string invitation, string username)
    {
        for (var attempt = 0; attempt < Patience; attempt++)
        {
            var visitor = new Visitor(address);
            var end = await TryAsync(() => EnrolAsync(visitor, invitation, username));
            if (end?.Component() == Done)
                return visitor;
            if (end?.Component() == "ak-stage-access-denied" && (await TryAsync(() => visitor.SignInAsync(username)))?.Component() == Done)
                return visitor;
            visitor.Dispose();
            await Task.Delay(pause, Cancellation);
        }
        throw new TimeoutException($"{username} never enrolled");
    }

    public static async Task<JsonObject> EnrolAsync(Visitor visitor, string invitation, string username)
    {
        var query = $"itoken={invitation}";
        if ((await visitor.ShowAsync(EnrolmentSteps.Slug, query)) is var shown && shown.Component() != "ak-stage-prompt")
            return shown;
        await visitor.AnswerAsync(EnrolmentSteps.Slug, Credentials(username), query);
        return await visitor.AnswerAsync(EnrolmentSteps.Slug, Details(username), query);
    }

    public static JsonObject Credentials(string username) => new() { ["username"] = username, ["password"] = MfaServer.Password, ["password_repeat"] = MfaServer.Password };

    public static JsonObject Details(string username) => new() { ["name"] = username, ["email"] = $"{username}@example.com" };

    /// <summary>Asks until the answer is good; how long that took.</summary>
    public static async Task<TimeSpan> UntilGoodAsync(HttpClient client, string path)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(2))
        {
            try
            {
                using var answer = await client.GetAsync(path, Cancellation);
                if (answer.StatusCode is HttpStatusCode.OK)
                    break;
            }
            catch (HttpRequestException)
            {
                // It is not there yet.
            }
            await Task.Delay(pause, Cancellation);
        }
        return TimeProvider.System.GetElapsedTime(start);
    }
}
