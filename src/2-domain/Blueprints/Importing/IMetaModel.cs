namespace Postern.Blueprints.Importing;

/// <summary>A model of a blueprint that is no stored object but an instruction.</summary>
internal interface IMetaModel
{
    /// <summary>Wire name, lower case.</summary>
    string Name { get; }

    /// <summary>Carries the instruction out inside the import.</summary>
    Task ApplyAsync(EntryWork work, CancellationToken cancellation);
}
