using System.Globalization;
using System.Text.Json.Nodes;
using Postern.Events.Chain;
using Postern.Jobs;

namespace Postern.Directory.Users;

/// <summary>Deletes the events that a deleted user caused. What others did to the user stays.</summary>
sealed class ForgetEvents(ForgetPerson forget) : IJobHandler
{
    public const string JobKind = "directory.forget_events";

    public Task ExecuteAsync(JsonObject payload, CancellationToken cancellation) =>
        forget.ExecuteAsync(payload["user"]!.GetValue<int>().ToString(CultureInfo.InvariantCulture), cancellation);
}
