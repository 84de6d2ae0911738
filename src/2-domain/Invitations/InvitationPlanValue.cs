using System.Text.Json.Nodes;
using Postern.Flows.Plans;

namespace Postern.Invitations;

/// <summary>An invitation in a plan, as it was when it was opened: it stays readable after it is used up.</summary>
sealed class InvitationPlanValue : IPlanValue
{
    public string Name => "invitation";

    public Type Type => typeof(Invitation);

    public JsonNode Write(object value)
    {
        var invitation = (Invitation)value;
        return new JsonObject
        {
            ["pk"] = invitation.Pk,
            ["name"] = invitation.Name,
            ["expires"] = invitation.Expires,
            ["fixed_data"] = invitation.FixedData.DeepClone(),
            ["created_by"] = invitation.CreatedByPk,
            ["single_use"] = invitation.SingleUse,
            ["flow"] = invitation.FlowPk,
        };
    }

    public ValueTask<object?> ReadAsync(JsonNode json, CancellationToken cancellation) => ValueTask.FromResult<object?>(new Invitation
    {
        Pk = json["pk"]!.GetValue<Guid>(),
        Name = json["name"]!.GetValue<string>(),
        Expires = json["expires"]?.GetValue<DateTimeOffset>(),
        FixedData = json["fixed_data"]!.DeepClone().AsObject(),
        CreatedByPk = json["created_by"]!.GetValue<int>(),
        SingleUse = json["single_use"]!.GetValue<bool>(),
        FlowPk = json["flow"]?.GetValue<Guid>(),
    });
}
