using System.Text.Json.Nodes;
using Postern.Api.Http;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Policies.Reputation;

namespace Postern.Stages.Credentials;

/// <summary>Remembers a failed attempt: the event <c>login_failed</c> and the reputation of name and address.</summary>
sealed class FailedLogin(RecordReputation reputation, RecordEvent events)
{
    public async ValueTask RecordAsync(StageRun run, string identifier, Stage stage, CancellationToken cancellation)
    {
        var caller = run.Http.Caller();
        events.Add(caller, EventAction.LoginFailed, "authentik_stages_password", new JsonObject
        {
            ["username"] = identifier,
            ["stage"] = new JsonObject { ["pk"] = stage.Pk, ["name"] = stage.Name },
        });
        if (caller.ClientIp is { } ip)
            await reputation.ExecuteAsync(identifier, ip, -1, cancellation);
    }
}
