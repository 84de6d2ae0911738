namespace Postern.Expressions;

/// <summary>A statement that something may have to leave: a loop, or a region with a handler.</summary>
internal sealed class Block
{
    public Label? Break { get; init; }

    public Label? Continue { get; init; }

    /// <summary>Emits what must run when control leaves the block early.</summary>
    public Action? Leave { get; init; }

    /// <summary>The slot of the exception being handled, inside a handler.</summary>
    public int HandledSlot { get; init; } = -1;

    public Label? Handler { get; init; }

    public int HandlerSlot { get; init; }

    public int From { get; set; }

    public List<(int From, int To)> Ranges { get; } = [];
}
