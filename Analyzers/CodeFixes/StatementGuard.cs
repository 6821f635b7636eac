using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sluice.Analyzers.CodeFixes;

/// <summary>Where a check can stand that leaves the method before a statement uses a value: only where doing so changes nothing for values that pass.</summary>
internal static class StatementGuard
{
    /// <summary>
    /// The statement before which a check of <paramref name="value"/> has the same effect as a check at <paramref name="use"/>; null where it would be
    /// asked too early, too often, or of another value.
    /// </summary>
    public static StatementSyntax? StatementOf(ExpressionSyntax use, IdentifierNameSyntax value)
    {
        SyntaxNode node = use;
        while (node is not StatementSyntax)
        {
            if (node.Parent is not { } parent || IsConditional(node, parent))
            {
                return null;
            }

            node = parent;
        }

        bool isOnce = node switch
        {
            ExpressionStatementSyntax or LocalDeclarationStatementSyntax or ReturnStatementSyntax or ThrowStatementSyntax => true,
            IfStatementSyntax condition => condition.Condition.Span.Contains(use.Span),
            SwitchStatementSyntax choice => choice.Expression.Span.Contains(use.Span),
            ForEachStatementSyntax loop => loop.Expression.Span.Contains(use.Span),
            _ => false,
        };
        return isOnce && node.Parent is BlockSyntax && !IsChangedIn(node, value.Identifier.ValueText) ? (StatementSyntax)node : null;
    }

    /// <summary>How the function around a statement is left with "no"; null where that would say something else.</summary>
    public static ReturnStatementSyntax? LeaveBefore(StatementSyntax statement, SemanticModel model, CancellationToken cancellationToken)
    {
        SyntaxNode? function = statement.Ancestors().FirstOrDefault(node
            => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or AnonymousFunctionExpressionSyntax);
        if (function is null or AnonymousFunctionExpressionSyntax or ConstructorDeclarationSyntax
            || model.GetDeclaredSymbol(function, cancellationToken) is not IMethodSymbol { IsAsync: false, ReturnsByRef: false, ReturnsByRefReadonly: false } method
            || function.DescendantNodes().Any(node => node is YieldStatementSyntax)
            || method.Parameters.Any(parameter => parameter.RefKind == RefKind.Out))
        {
            return null;
        }

        return method switch
        {
            { ReturnsVoid: true } => SyntaxFactory.ReturnStatement(),
            { ReturnType.SpecialType: SpecialType.System_Boolean } => Returning(SyntaxKind.FalseLiteralExpression),
            { ReturnType.IsValueType: true } => Returning(SyntaxKind.DefaultLiteralExpression),
            _ => null,
        };
    }

    /// <summary>The variable in an expression that is nothing but casts of it.</summary>
    public static IdentifierNameSyntax? VariableIn(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        while (expression is CastExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            expression = expression is CastExpressionSyntax cast ? cast.Expression : ((ParenthesizedExpressionSyntax)expression).Expression;
        }

        return expression is IdentifierNameSyntax name && model.GetSymbolInfo(name, cancellationToken).Symbol is ILocalSymbol or IParameterSymbol ? name : null;
    }

    private static ReturnStatementSyntax Returning(SyntaxKind literal) => SyntaxFactory.ReturnStatement(SyntaxFactory.LiteralExpression(literal));

    /// <summary>Whether a part of an expression is not always reached.</summary>
    private static bool IsConditional(SyntaxNode part, SyntaxNode whole) => whole switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } binary
            => binary.Right == part,
        ConditionalExpressionSyntax choice => choice.Condition != part,
        ConditionalAccessExpressionSyntax access => access.WhenNotNull == part,
        SwitchExpressionArmSyntax or WhenClauseSyntax or AnonymousFunctionExpressionSyntax or QueryExpressionSyntax or ArrowExpressionClauseSyntax => true,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } assignment => assignment.Right == part,
        _ => false,
    };

    private static bool IsChangedIn(SyntaxNode statement, string name) => statement.DescendantNodes().Any(node => node switch
    {
        AssignmentExpressionSyntax { Left: TupleExpressionSyntax targets } => targets.DescendantNodes().Any(part => Is(part, name)),
        AssignmentExpressionSyntax assignment => Is(assignment.Left, name),
        PostfixUnaryExpressionSyntax step => Is(step.Operand, name),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression } step
            => Is(step.Operand, name),
        ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } argument => Is(argument.Expression, name),
        _ => false,
    });

    private static bool Is(SyntaxNode node, string name) => node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name;
}
