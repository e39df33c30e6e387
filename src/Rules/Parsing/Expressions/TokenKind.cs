namespace Fengsui.Rules.Parsing.Expressions;

internal enum TokenKind
{
    End,
    Number,
    Unit,
    Name,
    Text,
    And,
    Or,
    Not,
    True,
    False,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    Plus,
    Minus,
    Star,
    Slash,
    Open,
    Close,
    Comma,
}
