using System.Text.Json.Nodes;

namespace Postern.Flows.Running;

/// <summary>What a door shows: a challenge, with messages that belong to it.</summary>
public sealed record FlowAnswer(JsonObject Challenge, IReadOnlyList<FlowMessage> Messages)
{
    public const string RedirectComponent = "xak-flow-redirect";
    public const string DeniedComponent = "ak-stage-access-denied";
    public const string ErrorComponent = "ak-stage-flow-error";

    public string Component => Challenge["component"]!.GetValue<string>();

    /// <summary>Where to go, for a redirect.</summary>
    public string? RedirectTo => Component is RedirectComponent ? Challenge["to"]!.GetValue<string>() : null;

    /// <summary>The last answer was not accepted.</summary>
    public bool Rejected => Challenge.ContainsKey("response_errors");

    internal static FlowAnswer Redirect(string to, IReadOnlyList<FlowMessage> messages, bool final) =>
        new(new JsonObject { ["component"] = RedirectComponent, ["to"] = to, ["final_redirect"] = final }, messages);
}
