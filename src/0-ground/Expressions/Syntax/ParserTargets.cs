namespace Postern.Expressions;

internal sealed partial class Parser
{
    /// <summary>Parses the target of a `for`: names, attributes, subscripts, and tuples or lists of them.</summary>
    private Expr ParseTargetList()
    {
        var position = Here;
        var first = ParseStarTarget();
        if (!Current.Is(","))
        {
            RequireTarget(first, allowStar: false);
            return first;
        }

        var items = new List<Expr> { first };
        while (TryTake(","))
        {
            if (Current.IsWord("in") || Current.Is("="))
                break;
            items.Add(ParseStarTarget());
        }

        var tuple = new SequenceExpr(SequenceKind.Tuple, items, position);
        RequireTarget(tuple, allowStar: true);
        return tuple;
    }

    private Expr ParseStarTarget()
    {
        var position = Here;
        // Not a full expression: `in` must end the target.
        return TryTake("*") ? new StarredExpr(ParseOperators(0), position) : ParseOperators(0);
    }

    private Expr ParseSingleTarget()
    {
        var target = ParseStarTarget();
        RequireTarget(target, allowStar: false);
        return target;
    }

    private static void RequireTarget(Expr target, bool allowStar)
    {
        switch (target)
        {
            case NameExpr or AttributeExpr or SubscriptExpr:
                return;
            case StarredExpr starred when allowStar:
                RequireTarget(starred.Value, allowStar: false);
                return;
            case SequenceExpr { Kind: SequenceKind.Tuple or SequenceKind.List } list:
                RequireTargets(list);
                return;
            case CallExpr or BinaryExpr or UnaryExpr or LogicalExpr or CompareExpr or ConstantExpr or FormattedExpr or SequenceExpr or DictExpr:
                throw new SyntaxFault($"cannot assign to {Describe(target)} here. Maybe you meant '==' instead of '='?", target.Position);
            default:
                throw new SyntaxFault($"cannot assign to {Describe(target)}", target.Position);
        }
    }

    private static void RequireTargets(SequenceExpr list)
    {
        if (list.Items.Count(item => item is StarredExpr) > 1)
            throw new SyntaxFault("multiple starred expressions in assignment", list.Position);
        foreach (var item in list.Items)
            RequireTarget(item, allowStar: true);
    }

    private static string Describe(Expr expr) => expr switch
    {
        ConstantExpr { Value: null } => "None",
        ConstantExpr { Value: bool b } => b ? "True" : "False",
        ConstantExpr { Value: Ellipsis } => "ellipsis",
        ConstantExpr => "literal",
        CallExpr => "function call",
        BinaryExpr or UnaryExpr or LogicalExpr => "expression",
        CompareExpr => "comparison",
        ConditionalExpr => "conditional expression",
        LambdaExpr => "lambda",
        FormattedExpr => "f-string expression",
        ComprehensionExpr { Kind: ComprehensionKind.Generator } => "generator expression",
        ComprehensionExpr { Kind: ComprehensionKind.List } => "list comprehension",
        ComprehensionExpr { Kind: ComprehensionKind.Dict } => "dict comprehension",
        ComprehensionExpr => "set comprehension",
        DictExpr => "dict literal",
        SequenceExpr { Kind: SequenceKind.Set } => "set display",
        SequenceExpr { Kind: SequenceKind.List } => "list",
        SequenceExpr => "tuple",
        YieldExpr => "yield expression",
        AssignmentExpr => "named expression",
        StarredExpr => "starred",
        NameExpr => "name",
        AttributeExpr => "attribute",
        SubscriptExpr => "subscript",
        _ => "expression",
    };
}
