namespace Postern.Kernel.Figures;

/// <summary>Tells figures of one part of the product to whoever watches the installation. Asked every few seconds, it must be cheap.</summary>
public interface IFigures
{
    Task WriteAsync(FigureText to, CancellationToken cancellation);
}
