using Postern.Flows;
using Postern.Storage.Kinds;

namespace Postern.Authenticators.Devices;

/// <summary>What stages that set up a device have in common.</summary>
public abstract class SetupStage : Stage
{
    /// <summary>Flow in which people set up such a device on their own.</summary>
    public Guid? ConfigureFlow { get; set; }

    /// <summary>What people read where they choose.</summary>
    public string FriendlyName { get; set; } = "";
}

/// <summary>What their declarations start with.</summary>
static class SetupStageKind
{
    public static ModelKind<T> Declare<T>(string name, string path, string label, string sentence, Action<KindBuilder<T>> own)
        where T : SetupStage, new() =>
        StageKind.Declare<T>(name, $"authenticator/{path}", $"ak-stage-authenticator-{path}-form", label, k =>
        {
            k.Describe(sentence);
            k.Reference("configure_flow", s => s.ConfigureFlow, "authentik_flows.flow").Help("Flow people set up such a device with on their own.");
            k.Text("friendly_name", s => s.FriendlyName).Help("What people read where they choose between devices.")
                .OlderForm(static value => value.ValueKind is System.Text.Json.JsonValueKind.Null ? "" : null);
            own(k);
        });
}
