// The mapper's version is locked; a later one that changes these types does not compile.
#pragma warning disable EF9100

using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;

namespace Postern.Storage.Mapping;

/// <summary>Wires <see cref="EvaluateConstants"/>.</summary>
static class EvaluatedConstants
{
    /// <summary>Makes queries ready with <see cref="EvaluateConstants"/>.</summary>
    public static DbContextOptionsBuilder<PosternDb> WithEvaluatedConstants(this DbContextOptionsBuilder<PosternDb> options) => options.ReplaceService<ILiftableConstantProcessor, EvaluateConstants>();
}

/// <summary>
/// Interprets the expressions behind the constants of a query. The mapper makes machine code for each of them, some thirty for a query, and runs it once: most of the time that a query takes when it is first
/// asked.
/// </summary>
sealed class EvaluateConstants(
    ShapedQueryCompilingExpressionVisitorDependencies dependencies, RelationalShapedQueryCompilingExpressionVisitorDependencies relational, RelationalCommandBuilderDependencies commands)
    : RelationalLiftableConstantProcessor(dependencies, relational, commands)
{
    readonly RelationalMaterializerLiftableConstantContext context = new(dependencies, relational, commands);

    protected override ConstantExpression InlineConstant(LiftableConstantExpression liftableConstant) => HoldsCode.In(liftableConstant.ResolverExpression.Body)
        ? base.InlineConstant(liftableConstant)
        : liftableConstant.ResolverExpression switch
        {
            Expression<Func<MaterializerLiftableConstantContext, object>> any => Expression.Constant(any.Compile(preferInterpretation: true)(context), liftableConstant.Type),
            Expression<Func<RelationalMaterializerLiftableConstantContext, object>> any => Expression.Constant(any.Compile(preferInterpretation: true)(context), liftableConstant.Type),
            _ => base.InlineConstant(liftableConstant),
        };

    /// <summary>A value that is itself code, and runs with every row, had better be machine code.</summary>
    sealed class HoldsCode : ExpressionVisitor
    {
        bool found;

        public static bool In(Expression expression)
        {
            var visitor = new HoldsCode();
            visitor.Visit(expression);
            return visitor.found;
        }

        protected override Expression VisitLambda<T>(Expression<T> node)
        {
            found = true;
            return node;
        }
    }
}
