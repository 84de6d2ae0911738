using System.Text.Json;
using Postern.Kernel.Values;
using Postern.Policies.Engine;

namespace Postern.Flows.Simulating;

/// <summary>A simulation as JSON, for every door that answers one.</summary>
public static class SimulationJson
{
    public static void Write(Utf8JsonWriter writer, FlowSimulation simulation)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("passing", simulation.Refusal is null);
        writer.WriteString("refusal", simulation.Refusal);
        Verdict(writer, "gate", simulation.Gate);
        writer.WriteStartArray("stages");
        foreach (var stage in simulation.Stages)
        {
            writer.WriteStartObject();
            writer.WriteString("binding", stage.Binding.Pk);
            writer.WriteNumber("order", stage.Binding.Order);
            writer.WriteString("stage", stage.Stage.Pk);
            writer.WriteString("name", stage.Stage.Name);
            writer.WriteString("type", StageKind.Kind.Of(stage.Stage).Name);
            writer.WriteString("fate", WireEnum<StageFate>.Name(stage.Fate));
            writer.WriteBoolean("asked_again", stage.IsAskedAgain);
            writer.WriteString("ending", stage.Stage.Ending());
            Verdict(writer, "on_plan", stage.OnPlan);
            Verdict(writer, "before", stage.Before);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void Verdict(Utf8JsonWriter writer, string name, SimulatedVerdict? verdict)
    {
        if (verdict is null)
        {
            writer.WriteNull(name);
            return;
        }
        writer.WriteStartObject(name);
        writer.WriteBoolean("passing", verdict.Passing);
        VerdictJson.Trace(writer, "trace", verdict.Lines);
        VerdictJson.Texts(writer, "messages", verdict.Messages);
        VerdictJson.Log(writer, "log_messages", verdict.Log);
        writer.WriteEndObject();
    }
}
