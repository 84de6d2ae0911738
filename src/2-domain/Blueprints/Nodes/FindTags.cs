namespace Postern.Blueprints.Nodes;

/// <summary>A search for one object: a model and conditions that must all hold.</summary>
public abstract class FindTagNode : TagNode
{
    private protected FindTagNode(NodePlace place, BlueprintNode model, IReadOnlyList<FindCondition> conditions)
        : base(place, [model, .. conditions.SelectMany(condition => new[] { condition.Field, condition.Value })], 0) =>
        (Model, Conditions) = (model, conditions);

    /// <summary>The model; a scalar or a tag.</summary>
    public BlueprintNode Model { get; }

    /// <summary>The conditions.</summary>
    public IReadOnlyList<FindCondition> Conditions { get; }
}

/// <summary>One <c>[field, value]</c> of a search; the field may carry a lookup such as <c>name__icontains</c>.</summary>
public sealed record FindCondition(BlueprintNode Field, BlueprintNode Value);

/// <summary><c>!Find [model, [field, value], …]</c>: the primary key of the first match, or null.</summary>
public sealed class FindNode(NodePlace place, BlueprintNode model, IReadOnlyList<FindCondition> conditions) : FindTagNode(place, model, conditions);

/// <summary><c>!FindObject [model, [field, value], …]</c>: the first match as the API shows it, or null.</summary>
public sealed class FindObjectNode(NodePlace place, BlueprintNode model, IReadOnlyList<FindCondition> conditions) : FindTagNode(place, model, conditions);
